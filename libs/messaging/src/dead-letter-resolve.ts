import type { DeadLetter } from './dead-letter-log.ts'
import { type Resolution, resolutionRecord } from './dead-letter-resolution.ts'
import type { Transport } from './transport.ts'

/** What a crash lets happen twice at most. */
const replayedTogether = 100

export interface ResolveOptions {
  readonly transport: Pick<Transport, 'publish'>
  /** In the order of a plan. */
  readonly letters: readonly DeadLetter[]
  readonly resolution: Omit<Resolution, 'kind'>
  /** Told how many letters are dealt with for good. */
  readonly onResolved?: (count: number) => void
}

/**
 * Puts records back onto their topics as they were, and only when all in-sync replicas have them notes the letters as replayed. A crash
 * between the two leads to another replay, which every consumer drops by seq.
 */
export const replayDeadLetters = (options: ResolveOptions): Promise<void> =>
  inTurns(options, async (letters) => {
    await options.transport.publish(letters.map(({ record }) => record))
    await options.transport.publish(letters.map((letter) => resolutionRecord(letter, { ...options.resolution, kind: 'replayed' })))
  })

/** Notes letters as dropped: nobody will handle them. */
export const dropDeadLetters = (options: ResolveOptions): Promise<void> =>
  inTurns(options, (letters) =>
    options.transport.publish(letters.map((letter) => resolutionRecord(letter, { ...options.resolution, kind: 'dropped' }))),
  )

async function inTurns({ letters, onResolved }: ResolveOptions, resolve: (letters: readonly DeadLetter[]) => Promise<void>): Promise<void> {
  for (let start = 0; start < letters.length; start += replayedTogether) {
    const turn = letters.slice(start, start + replayedTogether)
    await resolve(turn)
    onResolved?.(start + turn.length)
  }
}
