import {
  type Commitment,
  compareHex,
  type DrawHash,
  deriveDrawId,
  type LogEntry,
  orderedBy,
  type RedrawSubject,
  type Transcript,
} from '@dual-random/draw'
import { deadlineMsOf } from '@dual-random/witness'
import { recordOf } from './check-region-log.ts'
import type { IsWitnessed } from './check-witnesses.ts'
import { type Check, hold, same } from './difference.ts'

type Find = (kind: LogEntry['kind'], drawId: string) => LogEntry | undefined

const byDraw = new WeakMap<readonly LogEntry[], ReadonlyMap<string, LogEntry>>()

/** The first line of a kind of a draw; a log is gone through once, however many draws are asked for. */
function finder(log: readonly LogEntry[]): Find {
  const lines = byDraw.get(log) ?? firstLines(log)
  byDraw.set(log, lines)
  return (kind, drawId) => lines.get(`${kind} ${drawId}`)
}

function firstLines(log: readonly LogEntry[]): ReadonlyMap<string, LogEntry> {
  const first = new Map<string, LogEntry>()
  for (const line of log) {
    const key = `${line.kind} ${line.drawId}`
    if (!first.has(key)) first.set(key, line)
  }
  return first
}

const isBefore = (entry: LogEntry | undefined, seq: number): entry is LogEntry => entry !== undefined && entry.seq < seq

const beforeOf = (hash: DrawHash, s: Commitment): string => deriveDrawId(hash, { ...s, attempt: s.attempt - 1 })

/** The transcript of a draw; of one that failed before a later draw was frozen none counts (§24), nor one that came later than that draw's own. */
function drawnIn(find: Find, drawId: string, frozen: number, drawn: number): LogEntry | undefined {
  const transcript = find('transcript', drawId)
  return isBefore(find('failed', drawId), frozen) || !isBefore(transcript, drawn) ? undefined : transcript
}

/**
 * §3: an attempt follows others that were frozen and came to nothing, each with its S, if it has one, before this one was frozen, and has its transcript before
 * the next is. Places are those of S.
 */
export function* checkAttempt(hash: DrawHash, t: Transcript, s: Commitment, log: readonly LogEntry[]): Check {
  const [find, frozen] = [finder(log), t.log.entries[0]?.seq ?? 0]
  const drawn = find('transcript', s.drawId)?.seq ?? 0
  for (let attempt = 1; attempt < s.attempt; attempt++) {
    const before = deriveDrawId(hash, { ...s, attempt })
    const committed = find('commitment', before)?.seq ?? 0
    const isOver = isBefore(find('snapshot', before), frozen) && drawnIn(find, before, frozen, frozen) === undefined
    yield* hold('/attempt', isOver && (committed < frozen || committed > drawn), 'attempt-follows-none')
  }
  const next = find('snapshot', deriveDrawId(hash, { ...s, attempt: s.attempt + 1 }))
  yield* hold('/attempt', !isBefore(next, drawn), 'next-attempt-frozen')
}

/** §23: in another city's log the attempt before may never have come, but it was not drawn, or failed. Places are those of S. */
export function* checkNotDrawnBefore(hash: DrawHash, s: Commitment, log: readonly LogEntry[]): Check {
  const find = finder(log)
  const frozen = find('snapshot', s.drawId)?.seq ?? 0
  yield* hold('/attempt', s.attempt === 1 || drawnIn(find, beforeOf(hash, s), frozen, frozen) === undefined, 'drawn-before')
}

/**
 * §19: a redraw, and an attempt after one that failed, or that was committed and may not have ended before anybody could know its result, has the superior's
 * approval, a redraw that of its order. Places are lines of the log.
 */
export function* checkApproval(hash: DrawHash, t: Transcript, s: Commitment, log: readonly LogEntry[]): Check {
  const [find, seq] = [finder(log), t.log.entries[1]?.seq ?? 0]
  let isNeeded = s.subject.kind === 'redraw' && s.witnesses.count > 0
  for (let attempt = 1; attempt < s.attempt && !isNeeded; attempt++) {
    const before = deriveDrawId(hash, { ...s, attempt })
    const [committed, voided] = [find('commitment', before), find('void', before)]
    const isEnded = isBefore(voided, committed?.seq ?? 0) || (isBefore(voided, seq) && find('tip', before) === undefined)
    isNeeded = isBefore(find('failed', before), seq) || (isBefore(committed, seq) && !isEnded)
  }
  yield* hold(`line ${seq + 1}`, !isNeeded || isApproved(hash, s, log), 'not-approved')
}

/** §19: the superior approved this attempt, and of a redraw this order. */
function isApproved(hash: DrawHash, s: Commitment, log: readonly LogEntry[]): boolean {
  const order = orderedBy(hash, s)
  return log.some((line) => line.drawId === s.drawId && recordOf(line, 'approval')?.order === order)
}

/** The lines of an earlier attempt's S and of what came of it, as far as they stand in the log. */
export interface EarlierAttempt {
  readonly drawId: string
  readonly commitment: LogEntry
}

/** The attempts before this one that were committed and did not fail before it was frozen: each may stand, and its S says until when what counted. */
export function earlierAttempts(hash: DrawHash, t: Transcript, s: Commitment, log: readonly LogEntry[]): readonly EarlierAttempt[] {
  const [find, frozen] = [finder(log), t.log.entries[0]?.seq ?? 0]
  return Array.from({ length: s.attempt - 1 }, (_, index) => deriveDrawId(hash, { ...s, attempt: index + 1 })).flatMap((drawId) => {
    const commitment = find('commitment', drawId)
    return !isBefore(commitment, frozen) || isBefore(find('failed', drawId), frozen) ? [] : [{ drawId, commitment }]
  })
}

/**
 * §19: an attempt before does not stand: S of it was not witnessed in time, or a void of it was, or a secret of it is missing. What ended a draw of several
 * cities may stand in another city's log. Places are those of S.
 */
export function* checkEarlierOver(isWitnessed: IsWitnessed, earlier: EarlierAttempt, of: Commitment, log: readonly LogEntry[]): Check {
  const deadlineMs = deadlineMsOf(of)
  const own = log.filter(({ drawId }) => drawId === of.drawId)
  const isRevealed = of.tips.every(({ unitId }) =>
    own.some((line) => recordOf(line, 'reveal')?.unitId === unitId && isWitnessed(line, deadlineMs)),
  )
  const isAlone = of.joint === undefined || of.joint.parts.length === 0
  const stands = isAlone && isWitnessed(earlier.commitment, deadlineMs) && isRevealed && !isVoidInTime(isWitnessed, earlier, of, log)
  yield* hold('/attempt', !stands, 'attempt-before-stands')
}

/** §19: a void that a quorum did not see in time shows nobody that the result was unknown: the superior approved what follows. Places are lines of the log. */
export function* checkVoidOrApproval(
  hash: DrawHash,
  isWitnessed: IsWitnessed,
  t: Transcript,
  s: Commitment,
  earlier: EarlierAttempt,
  of: Commitment,
  log: readonly LogEntry[],
): Check {
  yield* hold(
    `line ${(t.log.entries[1]?.seq ?? 0) + 1}`,
    isVoidInTime(isWitnessed, earlier, of, log) || isApproved(hash, s, log),
    'not-approved',
  )
}

/** Whether a void of an earlier attempt stands before its S, or was witnessed by its deadline. */
function isVoidInTime(isWitnessed: IsWitnessed, { commitment, drawId }: EarlierAttempt, of: Commitment, log: readonly LogEntry[]): boolean {
  const voided = finder(log)('void', drawId)
  return voided !== undefined && (voided.seq < commitment.seq || isWitnessed(voided, deadlineMsOf(of)))
}

/** §19: numbers of the lines with an S of another draw that stood before this one was drawn and that no transcript followed, whatever it was for. */
export function undrawnBefore(own: string, log: readonly LogEntry[]): readonly number[] {
  const find = finder(log)
  const drawn = find('transcript', own)?.seq ?? 0
  return log.flatMap(({ kind, drawId, seq }) =>
    kind === 'commitment' && seq < drawn && drawId !== own && find('transcript', drawId ?? '') === undefined ? [seq + 1] : [],
  )
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
  const drawn = family.flatMap((drawId) => drawnIn(find, drawId, frozen, find('transcript', t.drawId)?.seq ?? 0) ?? [])
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
