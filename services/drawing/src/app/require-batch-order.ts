import { type AppError, appError } from '@dual-random/errors'
import { chinaDateOf, compareRatio, formatPercent, type Ratio } from '@dual-random/kernel'
import { batchOrderReached, drawsBatchByBatch, type Policy } from '@dual-random/policy'
import { type DrawIn, drawnStatuses } from '../domain/draw.ts'
import { type DrawLine, type LineBatch, subjectIdOf } from '../domain/plan-line.ts'
import type { Deps } from './require.ts'

/**
 * What the policy in force at the freeze asks of the batches of a plan line: that check batches are fixed where key items are drawn at a high
 * ratio (DRW-16), and that `before`, the batch before this one, was drawn where batches are drawn one after the other (DRW-17). One whose check
 * window is over holds nothing up: it was planned and not executed, which the plan's progress reports.
 */
export async function requireBatchOrder(
  deps: Deps<'draws' | 'clock'>,
  line: DrawLine,
  before: LineBatch | undefined,
  policy: Policy,
): Promise<void> {
  // No rule about plans binds a task on clues (TGT-09).
  if (line.clueTask !== undefined) return
  requireCheckBatches(line, policy)
  if (before === undefined || !drawsBatchByBatch(policy) || chinaDateOf(deps.clock()) > before.window.end) return
  const drawn = await deps.draws.ofYear({ regionCode: line.regionCode, year: line.year }, drawnStatuses)
  const isDrawn = drawn.some(
    ({ line: of, batch, redraw }) =>
      redraw === undefined && batch === before.number && of.planId === line.planId && of.lineId === line.lineId,
  )
  if (isDrawn) return
  const { number, window } = before
  throw appError('failed-precondition', 'batch-before-not-drawn', { meta: { lineId: subjectIdOf(line), batch: number, end: window.end } })
}

/** What only the pool tells: that a number of objects, over the batch's share of the year, is as high a part of it as policy asks check batches for. */
export function requireCheckBatchesOfCount({ line, terms, snapshot, redraw }: DrawIn<'FROZEN'>): void {
  const { batchOrderFrom } = terms
  if (batchOrderFrom === undefined || line.quantity.kind === 'ratios' || redraw !== undefined) return
  const mapped = snapshot.strata.reduce((sum, stratum) => sum + stratum.mapped, 0)
  const { share } = line.batch
  const part = { numerator: line.quantity.count * share.denominator, denominator: mapped * share.numerator }
  if (compareRatio(part, batchOrderFrom) < 0) return
  throw checkBatchesMissing(line, batchOrderFrom)
}

function requireCheckBatches(line: DrawLine, policy: Policy): void {
  const { itemClass, quantity, checkBatches } = line
  const reached = batchOrderReached(policy, { itemClass, ratios: quantity.kind === 'ratios' ? quantity.ratios : [] })
  if (!reached.ok) throw appError('failed-precondition', 'policy-unset', { meta: { key: reached.error.key, preset: policy.id.preset } })
  if (reached.value === undefined || checkBatches !== undefined) return
  throw checkBatchesMissing(line, reached.value)
}

const checkBatchesMissing = (line: DrawLine, threshold: Ratio): AppError =>
  appError('failed-precondition', 'check-batches-missing', { meta: { lineId: subjectIdOf(line), threshold: formatPercent(threshold) } })
