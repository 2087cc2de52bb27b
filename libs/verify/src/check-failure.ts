import type { Commitment, LogEntry } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { type CosignedCheckpoint, type FailureReason, failableMsOf, firstHeld, type KeysFile } from '@dual-random/witness'
import { recordOf } from './check-region-log.ts'
import { type Check, hold } from './difference.ts'

/** When each pinned witness first held the log up to an entry. */
export type SeenAt = (entry: Pick<LogEntry, 'seq'>) => readonly Instant[]

/** The checkpoints must have been checked. */
export function seenAt(checkpoints: readonly CosignedCheckpoint[], { witnesses }: KeysFile): SeenAt {
  const pinned = new Set(witnesses.map(({ witnessId }) => witnessId))
  return ({ seq }) => [...firstHeld(checkpoints, seq)].flatMap(([witnessId, at]) => (pinned.has(witnessId) ? [at] : []))
}

/** A draw that its superior said cannot be ended (§24). */
export interface Failure {
  readonly seq: number
  readonly reason: FailureReason
  readonly unitId: string
}

/** What the log says of this draw. */
export function failureIn({ drawId }: Commitment, log: readonly LogEntry[]): Failure | undefined {
  const line = log.find((one) => one.kind === 'failed' && one.drawId === drawId)
  const record = line && recordOf(line, 'failed')
  return line && record && { seq: line.seq, reason: record.reason, unitId: record.unitId }
}

const earlyAmong = (instants: readonly Instant[], s: Commitment): number =>
  instants.filter((at) => BigInt(Date.parse(at)) < failableMsOf(s)).length

/** §24: no more witnesses held it before 7 days after the last round than may be wrong. Without witnesses all counts. Places are lines of the log. */
export function* checkFailure(
  seen: SeenAt | undefined,
  { count, quorum }: Commitment['witnesses'],
  s: Commitment,
  log: readonly LogEntry[],
): Check {
  const failure = failureIn(s, log)
  if (failure === undefined || seen === undefined) return
  yield* hold(`line ${failure.seq + 1}`, earlyAmong(seen(failure), s) <= count - quorum, 'failed-too-early')
}

/** Whether a quorum held it, none of them too early; also where the draw did not fail. */
export function isFailureWitnessed(seen: SeenAt, { quorum }: Commitment['witnesses'], s: Commitment, log: readonly LogEntry[]): boolean {
  const failure = failureIn(s, log)
  if (failure === undefined) return true
  const instants = seen(failure)
  return instants.length - earlyAmong(instants, s) >= quorum
}
