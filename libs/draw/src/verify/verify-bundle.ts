import { type Result, toHex } from '@dual-random/kernel'
import type { Commitment } from '../commitment.ts'
import type { DrawHash, HashName } from '../hash.ts'
import type { ObjectOpening, PublicOpeningLine } from '../openings.ts'
import type { RosterEntry } from '../roster.ts'
import type { BeaconOutput } from '../seed.ts'
import type { SignedTranscript, Transcript } from '../transcript.ts'
import { commitmentShape, logLineShape, openingShape, publicOpeningShape, rosterLineShape, transcriptFileShape } from './bundle-shapes.ts'
import { checkCommitment, type PinnedChain } from './check-commitment.ts'
import { checkDraw, checkRosterOrder, checkSnapshot } from './check-draw.ts'
import { checkLogProof, checkPinnedGenesis, checkPinnedQuorum, checkRegionLog, type LogLine } from './check-log.ts'
import { checkOwnOpening, checkPublicOpenings } from './check-openings.ts'
import { type CheckpointLine, checkCheckpoints, checkpointLineShape, checkWitnessed, isTranscriptWitnessed } from './check-witnesses.ts'
import { at, type Check, type Difference, firstOf, type Located } from './difference.ts'
import type { PinnedKeys } from './pinned-keys.ts'
import { type NamedFile, readJsonFile, readLines } from './read-file.ts'
import type { VerifyEd25519 } from './signed-by.ts'

/** The files of a draw as the public has them; those that may be absent are checked where they are there (§13). */
export interface BundleFiles {
  readonly transcript: NamedFile
  readonly commitment: NamedFile
  readonly roster: NamedFile
  readonly openings?: NamedFile | undefined
  readonly log?: NamedFile | undefined
  /** What witnesses say of the log (§15); read where keys are pinned. */
  readonly checkpoints?: NamedFile | undefined
  /** One object's own opening. */
  readonly opening?: NamedFile | undefined
}

/** Whether a pulse is the beacon's own (§9): BLS signature, subgroup, randomness. The public key is 96 bytes in hex. */
export type VerifyPulse = (publicKey: string, pulse: Omit<BeaconOutput, 'source'>) => boolean

/** What a verification takes from outside: hashes and signatures, and whom its owner trusts. */
export interface VerifyOptions {
  readonly hash: (name: HashName) => DrawHash
  readonly verifyEd25519: VerifyEd25519
  readonly verifyPulse: VerifyPulse
  readonly drandChains: readonly PinnedChain[]
  /** Whether a demonstration is asked for; a demonstration log needs it and no other log may have it. */
  readonly demo: boolean
  /** The keys file of the region: without it nobody's word for the time is checked. */
  readonly pinnedKeys?: PinnedKeys | undefined
  /** Told before each step, for whoever watches. */
  readonly onStep?: ((step: VerifyStep) => void) | undefined
}

export type VerifyStep = 'commitment' | 'roster' | 'draw' | 'log' | 'beacons' | 'openings' | 'witnesses'

/** What was read of a bundle without a difference. */
export interface VerifiedBundle {
  readonly transcript: Transcript
  readonly commitment: Commitment
  readonly roster: readonly RosterEntry[]
  readonly openings: readonly PublicOpeningLine[] | undefined
  readonly opening: ObjectOpening | undefined
  /** Whether the log was there from its genesis on. */
  readonly wholeLog: boolean
}

export type Verdict =
  /** Recomputed alike, and witnessed in time; of a demonstration all keys are one party's. */
  | { readonly status: 'MATCH'; readonly bundle: VerifiedBundle }
  /** Recomputed alike, but something is missing to say when: a file, or witnesses of the transcript's entry. */
  | { readonly status: 'PENDING'; readonly missing: Missing; readonly bundle: VerifiedBundle }
  | { readonly status: 'DIFFERENT'; readonly difference: Difference }
  /** Not judged: a demonstration log without `demo`, or `demo` for another. */
  | { readonly status: 'REFUSED'; readonly reason: 'demonstration' | 'no-demonstration' }

export type Missing = 'keys' | 'log' | 'checkpoints' | 'witnesses'

/** Stops at the first difference; never leaves `verifyBundle`. */
class Stop extends Error {
  readonly difference: Difference

  constructor(file: string, fault: Located) {
    super(fault.code)
    this.difference = { file, ...fault }
  }
}

/** §13: recomputes everything from the public files. Total: bytes of any kind end in a verdict. */
export function verifyBundle(files: BundleFiles, options: VerifyOptions): Verdict {
  try {
    return judged(files, options)
  } catch (thrown) {
    if (thrown instanceof Stop) return { status: 'DIFFERENT', difference: thrown.difference }
    throw thrown
  }
}

function judged(files: BundleFiles, options: VerifyOptions): Verdict {
  const { demo, hash: hashOf, onStep, pinnedKeys, verifyPulse } = options
  const signed = must(files.transcript, readJsonFile<SignedTranscript>(files.transcript, transcriptFileShape))
  const t = signed.transcript
  if (t.log.genesis.demo !== demo) return { status: 'REFUSED', reason: demo ? 'no-demonstration' : 'demonstration' }

  onStep?.('commitment')
  const s = must(files.commitment, readJsonFile<Commitment>(files.commitment, commitmentShape))
  const hash = hashOf(s.hash)
  none(files.commitment, checkCommitment(hash, s, demo, options.drandChains))

  onStep?.('roster')
  const roster = must(files.roster, readLines<RosterEntry>(files.roster, rosterLineShape))
  none(files.roster, checkRosterOrder(roster))
  none(files.commitment, checkSnapshot(hash, s, roster, files.roster.bytes))

  onStep?.('draw')
  const digest = toHex(hash.digest(files.commitment.bytes))
  none(files.transcript, checkDraw({ hash, sha256: hashOf('sha256') }, t, s, roster, digest))

  onStep?.('log')
  none(files.transcript, checkLogProof(options, signed, s))
  if (pinnedKeys !== undefined) {
    none(files.transcript, checkPinnedGenesis(options, t, pinnedKeys))
    none(files.commitment, checkPinnedQuorum(s, pinnedKeys))
  }

  onStep?.('beacons')
  none(files.transcript, checkPulses(verifyPulse, t, s))

  onStep?.('openings')
  const openings = optional(files.openings, (file) => must(file, readLines<PublicOpeningLine>(file, publicOpeningShape)))
  if (files.openings !== undefined) none(files.openings, checkPublicOpenings(hash, s, t, openings ?? []))
  const log = optional(files.log, (file) => must(file, readLines<LogLine>(file, logLineShape)))
  if (files.log !== undefined) none(files.log, checkRegionLog(options, log ?? [], signed, pinnedKeys))
  const opening = optional(files.opening, (file) => must(file, readJsonFile<ObjectOpening>(file, openingShape)))
  if (files.opening !== undefined && opening !== undefined) none(files.opening, checkOwnOpening(hash, s, opening, roster))
  onStep?.('witnesses')
  const missing = missingOf(files, options, signed, s, log)
  const bundle = { transcript: t, commitment: s, roster, openings, opening, wholeLog: files.log !== undefined }
  return missing === undefined ? { status: 'MATCH', bundle } : { status: 'PENDING', missing, bundle }
}

/** What keeps a bundle that was recomputed alike from MATCH; a demonstration without witnesses needs none. */
function missingOf(
  { log: logFile, checkpoints: file }: BundleFiles,
  options: VerifyOptions,
  signed: SignedTranscript,
  s: Commitment,
  log: readonly LogLine[] | undefined,
): Missing | undefined {
  const { demo, pinnedKeys: keys } = options
  if (keys === undefined) return demo && s.witnesses.count === 0 && s.witnesses.quorum === 0 ? undefined : 'keys'
  if (logFile === undefined || log === undefined) return 'log'
  if (file === undefined) return 'checkpoints'
  const checkpoints = must(file, readLines<CheckpointLine>(file, checkpointLineShape))
  none(file, checkCheckpoints(options, checkpoints, log, signed, keys))
  const witnessed = { checkpoints, log, keys }
  none(logFile, checkWitnessed(witnessed, signed, s))
  return isTranscriptWitnessed(witnessed, s.drawId) ? undefined : 'witnesses'
}

function* checkPulses(verify: VerifyPulse, { beacons }: Transcript, s: Commitment): Check {
  for (const [index, { round, randomness, signature }] of beacons.entries()) {
    const publicKey = s.beacons[index]?.publicKey ?? ''
    if (!verify(publicKey, { round, randomness, signature })) yield at(`/transcript/beacons/${index}/signature`, { code: 'bad-signature' })
  }
}

function must<T>(file: NamedFile, result: Result<T, Located>): T {
  if (!result.ok) throw new Stop(file.name, result.error)
  return result.value
}

function none(file: NamedFile, check: Check): void {
  const fault = firstOf(check)
  if (fault !== undefined) throw new Stop(file.name, fault)
}

const optional = <A, B>(value: A | undefined, then: (value: A) => B): B | undefined => (value === undefined ? undefined : then(value))
