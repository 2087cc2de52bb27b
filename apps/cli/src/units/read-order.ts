import type { RedrawOrderRecord } from '@dual-random/draw'
import { parseRedrawOrder } from '@dual-random/witness'
import { CommandError } from '../command.ts'
import { readGiven } from '../own-files.ts'
import { text } from '../text.ts'

/** The text of a redraw's order, of this region; throws what is wrong with the file. */
export async function readOrder(path: string, regionCode: string): Promise<RedrawOrderRecord> {
  const read = parseRedrawOrder(await readGiven(path))
  if (!read.ok) {
    const { pointer, reason } = read.error
    throw new CommandError(text(`${path}: 不是申请原文：${pointer} ${reason}`, `is no text of an order: ${pointer} ${reason}`))
  }
  const order = read.value
  if (order.regionCode === regionCode) return order
  throw new CommandError(text(`${path}: 属于地区 ${order.regionCode}`, `is of region ${order.regionCode}, not ${regionCode}`))
}
