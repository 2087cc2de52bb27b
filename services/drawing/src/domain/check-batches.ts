import { evenBatches } from '@dual-random/draw'
import type { DrawIn } from './draw.ts'

/**
 * Sizes of the check batches (检查批次) into which the order of a draw is cut (rule 9, DRW-16): as even as can be, the first ones larger, never an
 * empty one where anything is drawn. One where the line asks for none, and of a redraw.
 */
export function checkBatchSizes({ line, redraw }: Pick<DrawIn<'FROZEN'>, 'line' | 'redraw'>, total: number): readonly number[] {
  const wanted = redraw === undefined ? (line.checkBatches ?? 1) : 1
  return evenBatches(total, Math.max(1, Math.min(wanted, total)))
}
