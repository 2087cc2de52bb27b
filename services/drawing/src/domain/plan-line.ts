import type { SelectionMode } from '@dual-random/draw'
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

/** What one unit checks in a draw and how its inspectors are chosen. */
export interface LineUnit {
  readonly unitId: UnitId
  readonly itemCodes: readonly ItemCode[]
  readonly teamSize: number
  readonly mode: SelectionMode
  /** The recorded ground of the mode (DRW-09). */
  readonly ground: string
  readonly stationUnitIds: readonly UnitId[]
}

export interface LineBatch {
  readonly number: number
  readonly window: { readonly start: LocalDate; readonly end: LocalDate }
  readonly freezeAt: Instant
  readonly commitAt: Instant
  /** Part of the line's yearly share drawn in this batch. */
  readonly share: Ratio
}

/** How many objects a line asks for: a ratio per stratum, or a fixed number for the whole year. */
export type Quantity =
  | { readonly kind: 'ratios'; readonly ratios: readonly { readonly stratum: string; readonly ratio: Ratio }[] }
  | { readonly kind: 'count'; readonly count: number }

/** A line of a published plan, as planning gives it (PLN-11). */
export interface PublishedLine {
  readonly planId: PlanId
  readonly lineId: LineId
  readonly planVersion: number
  readonly regionCode: RegionCode
  readonly year: number
  readonly taskName: string
  readonly itemCodes: readonly ItemCode[]
  readonly itemClass: 'GENERAL' | 'KEY'
  readonly fieldClass: 'GENERAL' | 'KEY'
  readonly quantity: Quantity
  readonly batches: readonly LineBatch[]
  readonly initiatorUnitId: UnitId
  readonly units: readonly LineUnit[]
  readonly lineDigest: string
}

/** The part of a line that one draw draws. `count` is the batch's part of a fixed number. */
export interface DrawLine extends Omit<PublishedLine, 'batches' | 'quantity'> {
  readonly batch: LineBatch
  readonly quantity: Quantity
}

export type LineError = { readonly code: 'batch-not-in-line'; readonly batch: number }

/** The batch of a published line that a draw is asked for; refused when the line has none of that number (PLN-11). */
export function drawLineOf(line: PublishedLine, number: number): Result<DrawLine, LineError> {
  const batch = line.batches.find((one) => one.number === number)
  if (batch === undefined) return err({ code: 'batch-not-in-line', batch: number })
  const { batches, quantity, ...rest } = line
  return ok({
    ...rest,
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
