import {
  type Commitment,
  compareHex,
  type DrawHash,
  deriveDrawId,
  type LogEntry,
  type RedrawSubject,
  type Transcript,
} from '@dual-random/draw'
import { type Check, hold, same } from './difference.ts'

type Find = (kind: LogEntry['kind'], drawId: string) => LogEntry | undefined

const finder =
  (log: readonly LogEntry[]): Find =>
  (kind, drawId) =>
    log.find((one) => one.kind === kind && one.drawId === drawId)

const isBefore = (entry: LogEntry | undefined, seq: number): entry is LogEntry => entry !== undefined && entry.seq < seq

const beforeOf = (hash: DrawHash, s: Commitment): string => deriveDrawId(hash, { ...s, attempt: s.attempt - 1 })

/** The transcript of a draw; of one that failed before a later draw was frozen none counts (§24). */
const drawnIn = (find: Find, drawId: string, frozen: number): LogEntry | undefined =>
  isBefore(find('failed', drawId), frozen) ? undefined : find('transcript', drawId)

/** §3: an attempt follows one that was frozen and came to nothing. Places are those of S. */
export function* checkAttempt(hash: DrawHash, t: Transcript, s: Commitment, log: readonly LogEntry[]): Check {
  if (s.attempt === 1) return
  const [find, before, frozen] = [finder(log), beforeOf(hash, s), t.log.entries[0]?.seq ?? 0]
  const follows = isBefore(find('snapshot', before), frozen) && drawnIn(find, before, frozen) === undefined
  yield* hold('/attempt', follows, 'attempt-follows-none')
}

/** §23: in another city's log the attempt before may never have come, but it was not drawn, or failed. Places are those of S. */
export function* checkNotDrawnBefore(hash: DrawHash, s: Commitment, log: readonly LogEntry[]): Check {
  const find = finder(log)
  const frozen = find('snapshot', s.drawId)?.seq ?? 0
  yield* hold('/attempt', s.attempt === 1 || drawnIn(find, beforeOf(hash, s), frozen) === undefined, 'drawn-before')
}

/** §19: after a secret that was seen, or a failure, the superior approved the attempt. Places are lines of the log. */
export function* checkApproval(hash: DrawHash, t: Transcript, s: Commitment, log: readonly LogEntry[]): Check {
  if (s.attempt === 1) return
  const [find, before, seq] = [finder(log), beforeOf(hash, s), t.log.entries[1]?.seq ?? 0]
  const reveal = find('reveal', before)
  const isSeen = isBefore(reveal, seq) && !isBefore(find('void', before), reveal.seq)
  const isNeeded = isSeen || isBefore(find('failed', before), seq)
  yield* hold(`line ${seq + 1}`, !isNeeded || find('approval', s.drawId) !== undefined, 'not-approved')
}

/** §18: the parent and the redraws of it that were frozen before this one, found in the log by their drawIds, with their transcripts. */
export interface Overtaken {
  readonly numberMissing: boolean
  readonly drawn: readonly LogEntry[]
}

export function familyInLog(
  hash: DrawHash,
  t: Transcript,
  { regionCode, subject, batch }: Commitment,
  log: readonly LogEntry[],
): Overtaken {
  const find = finder(log)
  const frozen = t.log.entries[0]?.seq ?? 0
  const family = subject.kind === 'redraw' ? [subject.parentDrawId] : []
  let numberMissing = false
  for (let number = 1, isThere = true; isThere; number++) {
    for (let attempt = 1; ; attempt++) {
      const drawId = deriveDrawId(hash, { regionCode, subject, batch: number, attempt })
      const snapshot = find('snapshot', drawId)
      if (attempt === 1) {
        isThere = snapshot !== undefined
        numberMissing ||= number < batch && !isBefore(snapshot, frozen)
      }
      if (snapshot === undefined) break
      if (isBefore(snapshot, frozen)) family.push(drawId)
    }
  }
  const drawn = family.flatMap((drawId) => drawnIn(find, drawId, frozen) ?? [])
  return { numberMissing, drawn: drawn.sort((a, b) => compareHex(a.drawId ?? '', b.drawId ?? '')) }
}

/** §18: numbers without gaps, and no draw before left out. Places are those of S. */
export function* checkAfter({ after }: RedrawSubject, { numberMissing, drawn }: Overtaken): Check {
  yield* hold('/batch', !numberMissing, 'number-missing')
  yield* same(
    '/subject/after',
    after.map(({ drawId, transcript }) => [drawId, transcript]),
    drawn.map(({ drawId, digest }) => [drawId, digest]),
  )
}

/** §18: none of them was drawn after this one was frozen. Places are lines of the log. */
export function* checkNotOvertaken(t: Transcript, { drawn }: Overtaken): Check {
  for (const { seq } of [...drawn].sort((a, b) => a.seq - b.seq))
    yield* hold(`line ${seq + 1}`, seq < (t.log.entries[0]?.seq ?? 0), 'after-freeze-of-redraw')
}
