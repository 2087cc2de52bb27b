import { comparePositions, type DeadLetter } from './dead-letter-log.ts'
import { parkedKey } from './parked.ts'

export interface LetterRefusal {
  readonly letter: DeadLetter
  /**
   * `not-waiting`: replayed or dropped before. `no-origin`: its topic is not named or is gone. `earlier-waits`: an event of its key with a
   * lower seq would be left behind, and the group would find a gap.
   */
  readonly reason: 'not-waiting' | 'no-origin' | 'earlier-waits'
  /** Of `earlier-waits`. */
  readonly earlier?: DeadLetter
}

export interface LetterPlan {
  /** The events of one key stand together, in order of their seq. */
  readonly letters: readonly DeadLetter[]
  readonly refusals: readonly LetterRefusal[]
}

export interface ReplayOptions {
  readonly selected: (letter: DeadLetter) => boolean
  /** Replays again what is dealt with, and past what waits before it. */
  readonly force: boolean
  /** Topics that there are to replay onto. */
  readonly topics: ReadonlySet<string>
}

/** Which of the selected letters to put back on their topics, in which order, and which not. */
export function planReplay(letters: readonly DeadLetter[], { selected, force, topics }: ReplayOptions): LetterPlan {
  const replayed: DeadLetter[] = []
  const refusals: LetterRefusal[] = []
  for (const chain of chainsOf(letters)) {
    /** The first of the key that waits and is not replayed now. */
    let leftBehind: DeadLetter | undefined
    for (const letter of chain) {
      const refusal = selected(letter) ? refusalOf(letter, leftBehind, { force, topics }) : undefined
      if (refusal !== undefined) refusals.push(refusal)
      else if (selected(letter)) {
        replayed.push(letter)
        continue
      }
      if (letter.state.status === 'waiting') leftBehind ??= letter
    }
  }
  return { letters: replayed, refusals }
}

/** Which of the selected letters to drop: those that wait. */
export function planDrop(letters: readonly DeadLetter[], selected: (letter: DeadLetter) => boolean): LetterPlan {
  const chosen = letters.filter(selected)
  return {
    letters: chosen.filter(({ state }) => state.status === 'waiting'),
    refusals: chosen.flatMap((letter) => (letter.state.status === 'waiting' ? [] : [{ letter, reason: 'not-waiting' }])),
  }
}

function refusalOf(
  letter: DeadLetter,
  leftBehind: DeadLetter | undefined,
  { force, topics }: Omit<ReplayOptions, 'selected'>,
): LetterRefusal | undefined {
  if (!topics.has(letter.record.topic)) return { letter, reason: 'no-origin' }
  if (force) return undefined
  if (letter.state.status !== 'waiting') return { letter, reason: 'not-waiting' }
  return leftBehind !== undefined && isBefore(leftBehind, letter) ? { letter, reason: 'earlier-waits', earlier: leftBehind } : undefined
}

/** The letters of each key of each topic in order of seq, those without one last; keys in order of their first letter. */
function chainsOf(letters: readonly DeadLetter[]): readonly (readonly DeadLetter[])[] {
  const chains = Map.groupBy(letters, ({ record }) => parkedKey(record.topic, record.key))
  return [...chains.values()].map((chain) => chain.toSorted((a, b) => seqOrder(a) - seqOrder(b) || comparePositions(a, b)))
}

const seqOrder = ({ seq }: DeadLetter): number => seq ?? Number.MAX_SAFE_INTEGER

/** An event without seq stands before and behind nothing; two letters of one event are no order either. */
const isBefore = (a: DeadLetter, b: DeadLetter): boolean => a.seq !== undefined && b.seq !== undefined && a.seq < b.seq
