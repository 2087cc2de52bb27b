import { bytesAt, checkpointsUrl, regionLogUrl, unlessAbsent } from '../api/client.ts'
import { commitmentIn, type Holder, witnessesOf } from '../work/held.ts'

/** Of which city's log it is asked who held S of a draw. */
export interface HeldQuery {
  readonly drawId: string
  readonly regionCode: string
  /** Of the entry of S in this log, where the transcript has said it. */
  readonly seq: number | undefined
  readonly quorum: number
  readonly deadlineMs: bigint
  /** Whether nothing more depends on it: no more is asked than once. */
  readonly isOver: boolean
}

export interface Held {
  /** Undefined while the log has no entry of S. */
  readonly holders: readonly Holder[] | undefined
  /** Lines that count for nothing as they cannot be read. */
  readonly unreadable: readonly { readonly file: 'log' | 'checkpoints'; readonly line: number }[]
}

const askAgainMs = 5000

/**
 * Asks who held S until a quorum did by the deadline or the draw is over, or until the returned function is called. The feed has no event of a
 * cosignature. The log is read until it has the entry of S, which does not move; after that only the checkpoints are.
 */
export function followHeld(query: HeldQuery, onHeld: (held: Held) => void, onFailed: (reason: string) => void): () => void {
  const leaving = new AbortController()
  const { signal } = leaving
  let next: ReturnType<typeof setTimeout> | undefined
  let known: Entry = query.seq === undefined ? undefined : { seq: query.seq, unreadable: [] }

  const ask = async (): Promise<void> => {
    let isSettled = query.isOver
    try {
      const [held, entry] = await heldOf(query, known, signal)
      known = entry
      isSettled ||= inTime(held.holders ?? []) >= query.quorum
      if (!signal.aborted) onHeld(held)
    } catch (error) {
      if (!signal.aborted) onFailed(error instanceof Error ? error.message : String(error))
    }
    if (!isSettled && !signal.aborted) next = setTimeout(() => void ask(), askAgainMs)
  }
  void ask()
  return () => {
    leaving.abort()
    clearTimeout(next)
  }
}

/** How many held it by the deadline. */
export const inTime = (holders: readonly Holder[]): number => holders.filter(({ isInTime }) => isInTime).length

/** Where S stands in the log, once it does. */
type Entry = { readonly seq: number; readonly unreadable: Held['unreadable'] } | undefined

async function heldOf(
  { drawId, regionCode, deadlineMs }: HeldQuery,
  known: Entry,
  signal: AbortSignal,
): Promise<readonly [held: Held, entry: Entry]> {
  let entry = known
  if (entry === undefined) {
    const found = commitmentIn(await textAt(regionLogUrl(regionCode), signal), drawId)
    const unreadable = found.unreadable.map((line) => ({ file: 'log', line }) as const)
    if (found.entry === undefined) return [{ holders: undefined, unreadable }, undefined]
    entry = { seq: found.entry.seq, unreadable }
  }
  const { holders, unreadable } = witnessesOf(await textAt(checkpointsUrl(regionCode), signal), entry.seq, deadlineMs)
  return [{ holders, unreadable: [...entry.unreadable, ...unreadable.map((line) => ({ file: 'checkpoints', line }) as const)] }, entry]
}

/** A file that is not there yet has no lines: checkpoints come with the first witness. */
const textAt = async (url: string, signal: AbortSignal): Promise<string> =>
  new TextDecoder().decode(await bytesAt(url, signal).catch(unlessAbsent))
