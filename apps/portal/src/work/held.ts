import { compareText, type LogEntry } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { type CosignedCheckpoint, firstHeld, parseCosignedCheckpoint, parseLogLine } from '@dual-random/witness'

/** A witness that says it holds an entry: since when, by its own clock, and whether that was by the deadline. */
export interface Holder {
  readonly witnessId: string
  readonly heldAt: Instant
  readonly isInTime: boolean
}

/** Which of the lines that were looked at are none of their form, the first of a file being 1. */
interface Unreadable {
  readonly unreadable: readonly number[]
}

export interface Witnesses extends Unreadable {
  /** In the order in which they first held it. */
  readonly holders: readonly Holder[]
}

/**
 * Who says of the entry of this number to hold it (docs/draw-protocol.md §15): whoever cosigned a checkpoint at or after it, from the earliest
 * `receivedAt` on. `deadlineMs` in milliseconds since 1970, itself in time. No signature is checked and no witness pinned: that is the verification's.
 * The file ascends and is asked for again and again, so it is read from its end, down to the first checkpoint before the entry.
 */
export function witnessesOf(checkpointsText: string, seq: number, deadlineMs: bigint): Witnesses {
  const checkpoints: CosignedCheckpoint[] = []
  const unreadable: number[] = []
  for (const { text, number } of linesOf(checkpointsText).toReversed()) {
    const read = parseCosignedCheckpoint(text)
    if (!read.ok) unreadable.unshift(number)
    else if (read.value.checkpoint.seq < seq) break
    else checkpoints.push(read.value)
  }
  const holders = [...firstHeld(checkpoints, seq)].map(([witnessId, heldAt]) => ({
    witnessId,
    heldAt,
    isInTime: BigInt(Date.parse(heldAt)) <= deadlineMs,
  }))
  return { holders: holders.sort((a, b) => compareText(a.heldAt, b.heldAt) || compareText(a.witnessId, b.witnessId)), unreadable }
}

/** The entry of a draw's S in the text of a region log; of the other draws' lines, which may be many, none is read. */
export function commitmentIn(logText: string, drawId: string): Unreadable & { readonly entry?: Pick<LogEntry, 'seq'> } {
  const unreadable: number[] = []
  for (const { text, number } of linesOf(logText)) {
    if (!text.includes(drawId)) continue
    const read = parseLogLine(text)
    if (!read.ok) unreadable.push(number)
    else if (read.value.kind === 'commitment' && read.value.drawId === drawId) return { entry: read.value, unreadable }
  }
  return { unreadable }
}

/** The lines of a file that ends with a line feed. */
const linesOf = (text: string): readonly { readonly text: string; readonly number: number }[] => {
  const lines = text.split('\n').map((line, index) => ({ text: line, number: index + 1 }))
  return lines.at(-1)?.text === '' ? lines.slice(0, -1) : lines
}
