import {
  err,
  type Instant,
  type ItemCode,
  type LineId,
  type LocalDate,
  ok,
  type PlanId,
  type Ratio,
  type RegionCode,
  type Result,
  type UnitId,
} from '@dual-random/kernel'
import type { RepeatGrounds } from '@dual-random/policy'

/** What one unit checks in a draw and how its inspectors are chosen. */
export interface LineUnit {
  readonly unitId: UnitId
  readonly itemCodes: readonly ItemCode[]
  readonly teamSize: number
  /** One of the statutory modes, or one that the terms of the draw define (DRW-08). */
  readonly mode: string
  /** The recorded ground of the mode (DRW-09). */
  readonly ground: string
  readonly stationUnitIds: readonly UnitId[]
  /** The unit that matches its own inspectors and checks in this one's place (DRW-10, DRW-11); absent where this one does. */
  readonly delegatedTo?: UnitId
  /** The delegate's region; absent in lines kept before several cities could draw together. */
  readonly delegatedRegionCode?: RegionCode
}

/** Whose inspectors are matched. The task, and with the initiator's the draw, stays the unit's own. */
export const matchingUnitOf = ({ unitId, delegatedTo }: LineUnit): UnitId => delegatedTo ?? unitId

export interface LineBatch {
  readonly number: number
  readonly window: { readonly start: LocalDate; readonly end: LocalDate }
  readonly freezeAt: Instant
  readonly commitAt: Instant
  /** Part of what the line draws in the year that this batch draws; of the objects of its scope where it has one. */
  readonly share: Ratio
  /** What the batch draws from, within the line's scope; absent where it draws from all that the line is about. */
  readonly scope?: LineScope
}

/** How many objects a line asks for: a ratio per stratum, or a fixed number for the whole year. */
export type Quantity =
  | { readonly kind: 'ratios'; readonly ratios: readonly { readonly stratum: string; readonly ratio: Ratio }[] }
  | { readonly kind: 'count'; readonly count: number }

/** Another city that draws together with the line's own (docs/draw-protocol.md §23). */
export interface LineCity {
  readonly regionCode: RegionCode
  /** Who leads its teams: one of its units. */
  readonly initiatorUnitId: UnitId
  /** Which of the line's units check in this city; those that no city names check in the line's own. */
  readonly unitIds: readonly UnitId[]
}

/** Which of the objects that its items apply to a line is about (PLN-13): those that every list that is not empty takes in. */
export interface LineScope {
  readonly kinds: readonly string[]
  readonly industryPrefixes: readonly string[]
  readonly tags: readonly string[]
  readonly regionCodes: readonly string[]
}

/** The task on clues that a targeted draw (定向抽查) is for (DRW-25). */
export interface ClueTaskSubject {
  readonly taskId: string
  /** Ascending. */
  readonly clueIds: readonly string[]
  /** Why, as a code of policy `targetedDraw.triggers` (TGT-10). */
  readonly trigger: string
  /** TARGETED_DRAW or SPECIAL_CHECK. */
  readonly form: string
  /** Industries and regions that the draw is narrowed to beside its items (TGT-09). */
  readonly scope: { readonly industryPrefixes: readonly string[]; readonly regionCodes: readonly string[] }
}

export interface PlanSubject {
  readonly planId: PlanId
  readonly lineId: LineId
  readonly planVersion: number
  readonly clueTask?: never
}

export interface ClueSubject {
  readonly clueTask: ClueTaskSubject
  readonly planId?: never
  readonly lineId?: never
  readonly planVersion?: never
}

/** What is drawn: a line of a published plan, or a task on clues in its place. */
export type LineSubject = PlanSubject | ClueSubject

/** The id by which messages name what is drawn. */
export const subjectIdOf = ({ clueTask, lineId }: LineSubject): string => (clueTask === undefined ? lineId : clueTask.taskId)

/** A line of a published plan, as planning gives it (PLN-11). */
export type PublishedLine = LineContent & PlanSubject

/** An accepted task on clues, which reads like a line of one batch (DRW-25). */
export type AcceptedClueTask = LineContent & ClueSubject

/** What a draw may be asked for. */
export type DrawableLine = PublishedLine | AcceptedClueTask

interface LineContent {
  readonly regionCode: RegionCode
  /** Of a joint check, whose repeats policy may count by themselves (CRD-09); these two are absent in lines kept before they were told. */
  readonly planType?: 'INTERNAL' | 'JOINT'
  /** The unit whose plan, or task on clues, it is. */
  readonly planUnitId?: UnitId
  readonly year: number
  readonly taskName: string
  readonly itemCodes: readonly ItemCode[]
  /** Absent where the line is about every object that its items apply to, and in a task on clues, which has its own. */
  readonly scope?: LineScope
  readonly itemClass: 'GENERAL' | 'KEY'
  readonly fieldClass: 'GENERAL' | 'KEY'
  readonly quantity: Quantity
  /** Why objects drawn before in the year may be drawn again; absent where nothing is put forward. */
  readonly repeatGround?: RepeatGrounds
  readonly batches: readonly LineBatch[]
  /** From 2 to 99: into how many check batches the objects of each draw are cut (DRW-16); absent where they are not cut. */
  readonly checkBatches?: number
  readonly initiatorUnitId: UnitId
  readonly units: readonly LineUnit[]
  /** Where several cities draw together: whether strata of one name are one, and the cities beside the line's own. */
  readonly joint?: { readonly merged: boolean; readonly cities: readonly LineCity[] }
  /** Of the published line, or of the accepted task on clues: what the commitment names. */
  readonly lineDigest: string
}

/** The part of a line, or of a task on clues, that one draw draws. `count` is the batch's part of a fixed number. */
export type DrawLine = Omit<LineContent, 'batches' | 'quantity'> & LineSubject & { readonly batch: LineBatch; readonly quantity: Quantity }

/** Whether a draw is of a joint check; of a line kept before that was told it is taken as none. */
export const isJointCheck = ({ planType }: Pick<DrawLine, 'planType'>): boolean => planType === 'JOINT'

export type LineError = { readonly code: 'batch-not-in-line'; readonly batch: number }

/** The batch of a published line that a draw is asked for; refused when the line has none of that number (PLN-11). */
export function drawLineOf(line: DrawableLine, number: number): Result<DrawLine, LineError> {
  const batch = line.batches.find((one) => one.number === number)
  if (batch === undefined) return err({ code: 'batch-not-in-line', batch: number })
  const { batches, quantity, ...rest } = line
  return ok({
    ...rest,
    ...(batch.scope === undefined ? {} : { scope: batch.scope }),
    batch,
    quantity: quantity.kind === 'count' ? { kind: 'count', count: batchCount(quantity.count, batches, number) } : quantity,
  })
}

/** The batch's part of a fixed number: cumulative shares rounded up, so that the parts add up to the number. */
function batchCount(count: number, batches: readonly LineBatch[], number: number): number {
  const upTo = (last: number): number =>
    ceilOfShares(
      count,
      batches.filter((batch) => batch.number <= last).map(({ share }) => share),
    )
  return upTo(number) - upTo(number - 1)
}

function ceilOfShares(count: number, shares: readonly Ratio[]): number {
  let numerator = 0n
  let denominator = 1n
  for (const share of shares) {
    numerator = numerator * BigInt(share.denominator) + BigInt(share.numerator) * denominator
    denominator *= BigInt(share.denominator)
  }
  return Number((BigInt(count) * numerator + denominator - 1n) / denominator)
}

/** Whether the draw is stratified by credit grade (DRW-21) or draws from one stratum ALL. */
export const isByGrade = ({ quantity }: Pick<DrawLine, 'quantity'>): boolean =>
  quantity.kind === 'ratios' && quantity.ratios.every(({ stratum }) => stratum !== 'ALL')
