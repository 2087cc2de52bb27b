import type { Commitment, DrawHash, LogEntry, SignedTranscript, Transcript } from '@dual-random/draw'
import { type NamedFile, readJsonFile, readLines } from '@dual-random/draw/forms'
import { toHex } from '@dual-random/kernel'
import { beaconKeyAgeOf, type CosignedCheckpoint, checkpointLineShape, type KeysFile, logLineShape } from '@dual-random/witness'
import type { BundleFiles, VerifyOptions } from './bundle-files.ts'
import { commitmentShape } from './bundle-shapes.ts'
import { checkFailure, type Failure, failureIn, isFailureWitnessed, type SeenAt, seenAt } from './check-failure.ts'
import { type CityLog, checkPinnedTerms } from './check-log.ts'
import { checkDefinitionsInLog, checkTranscribed, checkTwoTyped, checkTyped, waitsForNumbers } from './check-numbers.ts'
import {
  checkAfter,
  checkApproval,
  checkAttempt,
  checkEarlierOver,
  checkNotDrawnBefore,
  checkNotOvertaken,
  checkVoidOrApproval,
  earlierAttempts,
  familyInLog,
  undrawnBefore,
} from './check-place-in-log.ts'
import { type AuditEntry, auditsIn, checkAuditors, checkRegionLog } from './check-region-log.ts'
import {
  checkCheckpoints,
  checkRegionBeacons,
  checkTips,
  checkWitnessedCommitment,
  heldLate,
  type IsWitnessed,
  isTranscriptWitnessed,
  isVoidTooLate,
  withoutWitnesses,
  witnessedBy,
} from './check-witnesses.ts'
import { hold, same } from './difference.ts'
import { familyFileName } from './family-files.ts'
import { MissingFile, must, none, optional } from './stop.ts'

export type Missing = 'keys' | 'log' | 'checkpoints' | 'witnesses' | 'failure'

export type CityFiles = Pick<BundleFiles, 'transcript' | 'commitment' | 'log' | 'checkpoints' | 'family'>

/** What one city's log says of a draw. */
export interface LogVerdict {
  /** What keeps a bundle that was recomputed alike from MATCH. */
  readonly missing: readonly Missing[]
  readonly failure: Pick<Failure, 'reason' | 'unitId'> | undefined
  /** Whether its match stands in the log. */
  readonly isMatched: boolean
  /** Who audited it; undefined without the log. */
  readonly audits: readonly AuditEntry[] | undefined
  /** Numbers of the log's lines with an S of another draw, before this draw's transcript, that was never drawn; undefined without the log. */
  readonly undrawn: readonly number[] | undefined
}

/** §13, item 7, of attempts and redraws: what the log says of the draws before. */
function judgePlace(hash: DrawHash, commitment: NamedFile, log: NamedFile, lines: readonly LogEntry[], t: Transcript, s: Commitment): void {
  none(commitment, checkAttempt(hash, t, s, lines))
  none(log, checkApproval(hash, t, s, lines))
  if (s.subject.kind !== 'redraw') return
  const family = familyInLog(hash, t, s, lines)
  none(commitment, checkAfter(s.subject, family))
  none(log, checkNotOvertaken(t, family))
}

/** §19: what became of every attempt before, by its S and by what the witnesses saw of it. */
function judgeEarlier(
  isWitnessed: IsWitnessed,
  { commitment, family }: Pick<BundleFiles, 'commitment' | 'family'>,
  { file, lines }: { readonly file: NamedFile; readonly lines: readonly LogEntry[] },
  hash: DrawHash,
  t: Transcript,
  s: Commitment,
): void {
  for (const earlier of earlierAttempts(hash, t, s, lines)) {
    const { drawId, commitment: line } = earlier
    const name = familyFileName('commitment', drawId)
    const bytes = family?.(name)
    if (bytes === undefined) throw new MissingFile({ file: name, part: 'commitment', of: 'attempt' })
    none(file, same(`line ${line.seq + 1} /digest`, line.digest, toHex(hash.digest(bytes))))
    const of = must({ name, bytes }, readJsonFile<Commitment>({ name, bytes }, commitmentShape))
    none({ name, bytes }, same('/drawId', of.drawId, drawId))
    none({ name, bytes }, hold('/beacons', of.beacons.length > 0, 'no-beacon'))
    none(commitment, checkEarlierOver(isWitnessed, earlier, of, lines))
    none(file, checkVoidOrApproval(hash, isWitnessed, t, s, earlier, of, lines))
  }
}

/** §13, item 7, of public numbers: definitions and what was typed stand in the organiser's log, as tips do. */
function judgeNumbers(
  isWitnessed: IsWitnessed,
  files: Readonly<Record<'transcript' | 'commitment' | 'log', NamedFile>>,
  ageSeconds: number,
  t: Transcript,
  s: Commitment,
  lines: readonly LogEntry[],
): void {
  none(files.commitment, checkDefinitionsInLog(isWitnessed, ageSeconds, t, s, lines))
  none(files.log, checkTyped(t, s, lines))
  none(files.commitment, checkTwoTyped(s, lines))
  none(files.transcript, checkTranscribed(t, s, lines))
}

/** §13, item 7. A demonstration without witnesses needs nothing for a MATCH, but for public numbers the log. */
export function judgeLog(
  { transcript, commitment, log: logFile, checkpoints: checkpointsFile, family }: CityFiles,
  options: VerifyOptions,
  signed: SignedTranscript,
  s: Commitment,
  city: CityLog,
  /** Those of the city. */
  keys: KeysFile | undefined,
): LogVerdict {
  const isOrganisers = city.inCommitment === ''
  const t = signed.transcript
  const { witnesses } = city.part
  const isUnwitnessedDemo = t.log.genesis.demo && keys === undefined && witnesses.count === 0 && witnesses.quorum === 0
  if (keys !== undefined) none(commitment, checkPinnedTerms(city, s, keys))
  const log = optional(logFile, (file) => {
    const lines = must(file, readLines<LogEntry>(file, logLineShape))
    none(file, checkRegionLog(options, lines, signed, keys, city.log))
    none(file, checkAuditors(s, lines))
    if (isOrganisers) judgePlace(options.hash(s.hash), commitment, file, lines, t, s)
    else none(commitment, checkNotDrawnBefore(options.hash(s.hash), s, lines))
    return { file, lines }
  })
  const judge = (isWitnessed: IsWitnessed, seen: SeenAt | undefined, { file, lines }: NonNullable<typeof log>): void => {
    none(file, checkWitnessedCommitment(isWitnessed, city.log, s, lines))
    if (isOrganisers) judgeEarlier(isWitnessed, { commitment, family }, { file, lines }, options.hash(s.hash), t, s)
    if (isOrganisers) none(commitment, checkTips(isWitnessed, s, lines))
    none(commitment, checkRegionBeacons(isWitnessed, beaconKeyAgeOf(keys), city.log, s, lines))
    if (isOrganisers) judgeNumbers(isWitnessed, { transcript, commitment, log: file }, beaconKeyAgeOf(keys), t, s, lines)
    none(file, checkFailure(seen, witnesses, s, lines))
  }
  const failed = log && failureIn(s, log.lines)
  const failure = failed && { reason: failed.reason, unitId: failed.unitId }
  const isMatched = log?.lines.some(({ kind, drawId }) => kind === 'match' && drawId === s.drawId) === true
  const said = { failure, isMatched, audits: log && auditsIn(s, log.lines, keys), undrawn: log && undrawnBefore(s.drawId, log.lines) }
  if (isUnwitnessedDemo) {
    if (log !== undefined) judge(withoutWitnesses, undefined, log)
    return { missing: log === undefined && isOrganisers && waitsForNumbers(s) ? ['log'] : [], ...said }
  }
  if (keys === undefined || log === undefined || checkpointsFile === undefined) {
    const needed = { keys, log, checkpoints: checkpointsFile }
    return { missing: (['keys', 'log', 'checkpoints'] as const).filter((part) => needed[part] === undefined), ...said }
  }
  const checkpoints = must(checkpointsFile, readLines<CosignedCheckpoint>(checkpointsFile, checkpointLineShape))
  none(checkpointsFile, checkCheckpoints(options, checkpoints, log.lines, city.log, keys))
  const isWitnessed = witnessedBy(checkpoints, keys)
  const seen = seenAt(checkpoints, keys)
  judge(isWitnessed, seen, log)
  const isHeld =
    isTranscriptWitnessed(isWitnessed, log.lines, s.drawId) &&
    (failure !== undefined || isVoidTooLate(heldLate(checkpoints, keys), s, log.lines)) &&
    isFailureWitnessed(seen, witnesses, s, log.lines)
  return { missing: isHeld ? [] : ['witnesses'], ...said }
}
