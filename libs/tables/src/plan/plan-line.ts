import type { LocalDate, Ratio } from '@dual-random/kernel'
import type { NamedRatio } from '../answer.ts'
import type { PublishedBatch } from '../cells/batches.ts'
import type { CountReading } from '../cells/count.ts'
import type { PublishedDuty } from '../cells/duties.ts'
import type { ObjectMarks } from '../cells/object-marks.ts'
import type { RatioRange } from '../cells/percent.ts'
import type { RatioReading } from '../cells/share.ts'
import type { TimesReading } from '../cells/times.ts'
import type { UnitsReading } from '../cells/units.ts'
import type { ExecutionWindow, WindowReading } from '../cells/window.ts'
import type { GradesReading, LevelsReading } from '../cells/words.ts'
import type { SourceCell } from '../merged.ts'
import type { AnsweredField } from '../settle.ts'
import type { PlanField } from './plan-columns.ts'
import type { RemarksReading } from './remark-clauses.ts'

/** The share the plan states and the one chosen within it. */
export interface ChosenRatio extends RatioRange {
  readonly chosen: Ratio
}

/** What each cell says by itself, before anybody is asked; a member is absent when the table is silent. */
export interface PlanReadings {
  readonly ratio?: RatioReading
  readonly times?: TimesReading
  readonly count?: CountReading
  /** 预估抽查对象数: the table does not say whether this is the pool's size or the number to draw. */
  readonly estimate?: CountReading
  readonly window?: WindowReading
  readonly deadline?: WindowReading
  readonly initiator?: UnitsReading
  readonly participants?: UnitsReading
  readonly levels?: LevelsReading
  readonly grades?: GradesReading
  /** What the remarks say of how the line is checked. */
  readonly remarks?: RemarksReading
}

/** The values of a plan line that need no answer, or no longer do. */
export interface PlanValues {
  readonly taskName: string
  readonly itemNames: readonly string[]
  readonly objectScope: string
  /** Where the table says by marks of the register which objects are meant. */
  readonly objectMarks: ObjectMarks
  readonly ratio: ChosenRatio
  readonly tiers: readonly NamedRatio[]
  readonly count: number
  readonly timesPerYear: number
  readonly window: ExecutionWindow
  /** Where the remarks divide the year into batches; else it is divided evenly. */
  readonly batches: readonly PublishedBatch[]
  /** Where the remarks have the objects of a draw checked in batches, one after the other. */
  readonly checkBatches: number
  readonly deadline: LocalDate
  readonly initiator: string
  readonly participants: readonly string[]
  /** Where the remarks say who checks what. */
  readonly duties: readonly PublishedDuty[]
  readonly methods: readonly string[]
  readonly remarks: string
}

/** A line of a published plan: `lineNo` counts lines from 1, `taskNo` is the table's own number (several lines may share it). */
export interface ParsedPlanLine {
  readonly lineNo: number
  readonly taskNo: string
  /** Physical lines of the rows it was read from. */
  readonly rows: readonly number[]
  readonly cells: Readonly<Partial<Record<PlanField, SourceCell>>>
  readonly readings: PlanReadings
  readonly known: Readonly<Partial<PlanValues>>
}

/**
 * A plan line with nothing left to ask. It has `ratio`, `count` or `tiers` (shares by kind of object; then `ratio`, when present, holds for the rest);
 * `answered` names each field that a person settled.
 */
export interface SettledPlanLine {
  readonly lineNo: number
  readonly taskNo: string
  readonly taskName: string
  readonly itemNames: readonly string[]
  /** Absent where the table says by marks alone which objects are meant. */
  readonly objectScope?: { readonly raw: string }
  readonly objectMarks?: ObjectMarks
  readonly ratio?: ChosenRatio
  readonly tiers?: readonly NamedRatio[]
  readonly count?: number
  readonly timesPerYear: number
  readonly window: ExecutionWindow
  readonly batches?: readonly PublishedBatch[]
  readonly checkBatches?: number
  /** Last day for completing the checks, where the plan sets one apart from its window. */
  readonly deadline?: LocalDate
  readonly initiator: string
  readonly participants: readonly string[]
  readonly duties?: readonly PublishedDuty[]
  readonly methods: readonly string[]
  readonly remarks: string
  readonly answered: Readonly<Record<string, AnsweredField>>
}
