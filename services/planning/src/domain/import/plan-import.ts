import type { Instant, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import type { BatchInput } from '../batches.ts'
import type { LineInput, LineUnitInput } from '../line-input.ts'
import type { DateWindow, Selection, StratumRatio } from '../plan.ts'
import type { LinePatch, PatchMember } from './patch.ts'

/** Something only a person can settle before the lines of a table may enter the plan. */
export interface ImportQuestion {
  /** `line-<n>/<field>`, `table/<field>` or `row-<line>/row`; people see what several lines ask alike as one, `lines-2,4-6/<field>`. */
  readonly questionId: string
  readonly lineNo?: number
  /** Physical line of the file. */
  readonly line: number
  readonly column: string
  readonly cell: string
  readonly field: string
  readonly code: string
  readonly message: string
  /** How a `value` is written; absent where only structured members settle the question. */
  readonly form?: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly accepts: readonly (PatchMember | 'value' | 'reason' | 'legalBasis')[]
}

export interface KeptQuestion extends ImportQuestion {
  readonly state: 'OPEN' | 'ANSWERED' | 'MOOT'
}

/** An answer as given. It is addressed by exactly one of `questionId`, `lineNo` and `code`. */
export interface ImportAnswer extends Omit<LinePatch, 'omit' | 'reasons' | 'ratios' | 'units' | 'window' | 'batches' | 'selection'> {
  readonly questionId?: string
  readonly lineNo?: number
  readonly code?: string
  readonly value?: string | readonly string[]
  readonly units?: readonly LineUnitInput[]
  readonly ratios?: readonly StratumRatio[]
  readonly window?: DateWindow
  readonly batches?: readonly BatchInput[]
  readonly selection?: Selection
  readonly reason?: string
  readonly legalBasis?: string
  readonly note?: string
  readonly omit?: true
}

/** An answer with who gave it and when, the questions it was given to, what it says by question and by line, and the questions it closed. */
export interface RecordedAnswer {
  readonly by: string
  readonly at: Instant
  readonly answer: ImportAnswer
  /** Empty where it was given to a line. */
  readonly addressed: readonly string[]
  readonly values: Readonly<Record<string, string | readonly string[]>>
  readonly patches: readonly { readonly lineNo: number; readonly patch: LinePatch }[]
  readonly settled: readonly string[]
}

/** A line of the table as far as it is settled; `input` is there once nothing of it is open. */
export interface DraftLine {
  readonly lineNo: number
  readonly taskNo: string
  readonly rows: readonly number[]
  readonly omitted?: string
  readonly taskName?: string
  readonly objectScope?: string
  readonly itemNames?: readonly string[]
  readonly input?: LineInput
  readonly ready: boolean
}

/** The lines and everything open, as resolved at one moment. */
export interface Resolution {
  readonly lines: readonly DraftLine[]
  readonly questions: readonly ImportQuestion[]
}

/** A row the table reader had to leave out, in its words. */
export interface RowProblem {
  readonly line: number
  readonly column?: string
  readonly value?: string
  readonly code: string
  readonly reason: string
  readonly action: string
}

export interface TableNoteKept {
  readonly line: number
  readonly column?: string
  readonly code: string
  readonly message: string
}

/** The import of one file into one plan: the file, every question, every answer (PLN-13 from published tables). */
export interface PlanImport {
  readonly importId: string
  readonly planId: PlanId
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly state: 'OPEN' | 'APPLIED'
  readonly fileName?: string
  readonly title?: string
  /** SHA-256 of the file, its address in the blob store. */
  readonly fileDigest: string
  /** `xlsx` of a workbook. */
  readonly encoding: string
  /** Which sheet of a workbook was asked for. */
  readonly sheet?: string
  readonly publisherUnitId?: UnitId
  readonly receivedAt: Instant
  readonly receivedBy: string
  readonly rows: { readonly title: readonly number[]; readonly header: readonly number[]; readonly footer: readonly number[] }
  readonly lines: readonly DraftLine[]
  readonly questions: readonly KeptQuestion[]
  readonly answers: readonly RecordedAnswer[]
  readonly notes: readonly TableNoteKept[]
  readonly problems: readonly RowProblem[]
  /** Line ids in the plan by `lineNo`, once applied. */
  readonly lineIds?: Readonly<Record<string, string>>
}
