import { verifyPulse } from '@dual-random/beacon/verify'
import { type Commitment, type DrawHash, genesisDigest, type LogGenesis, type RosterEntry, type SignedTranscript } from '@dual-random/draw'
import { checkCommitment } from './check-commitment.ts'
import { checkDraw } from './check-draw.ts'
import { badSignature, checkLogProofs, checkRegionLog } from './check-log.ts'
import { checkOpenings, checkOwnOpening, type OwnPlace } from './check-openings.ts'
import { checkRoster } from './check-roster.ts'
import { checkCheckpoints, checkWitnessed, witnessedAt } from './check-witnesses.ts'
import { Difference, Refusal, type Report, reportOn } from './difference.ts'
import { checkpointShape, commitmentShape, logShape, openingsShape, ownOpeningShape, rosterShape, transcriptShape } from './file-shapes.ts'
import { browserHash } from './hash.ts'
import { sum } from './order.ts'
import { parseFile, parseLines } from './parse.ts'
import { type PinnedKeys, readPinnedKeys } from './pinned-keys.ts'
import type { Words } from './words.ts'

/** A file by the name that a difference in it is told under. */
export interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The public files of one draw, of which the first three must be there, and the keys file that its reader pinned. */
export interface Bundle {
  readonly transcript: NamedFile
  readonly commitment: NamedFile
  readonly roster: NamedFile
  readonly openings?: NamedFile
  readonly log?: NamedFile
  /** What the log's witnesses signed. */
  readonly checkpoints?: NamedFile
  /** `keys-<regionCode>.json`, which comes on another way than the rest. */
  readonly keys?: NamedFile
  /** One object's own opening. */
  readonly opening?: NamedFile
}

export interface VerifiedStratum {
  readonly stratum: string
  readonly mapped: number
  readonly eligible: number
  readonly n: number
}

/** What was recomputed and found alike. */
export interface Findings {
  readonly drawId: string
  readonly regionCode: string
  readonly batch: number
  readonly attempt: number
  readonly assurance: string
  readonly strata: readonly VerifiedStratum[]
  readonly beacons: readonly { readonly source: string; readonly round: number }[]
  readonly drawn: number
  /** Tickets computed: the eligible of all strata. */
  readonly tickets: number
  /** How many of the drawn have been opened; absent without the file. */
  readonly opened?: number
  readonly hasWholeLog: boolean
  readonly own?: OwnPlace
}

/** What a MATCH needs beside: pinned keys, log or checkpoints, witnesses for the transcript's entry; or S names none at all. */
export type Missing = 'keys' | 'log' | 'checkpoints' | 'witnesses' | 'no-witnesses'

/**
 * MATCH once a quorum of the pinned witnesses stands behind it, or for a demonstration whose S names none; of a demonstration's log it
 * proves the computation alone. PENDING where all is alike and something is missing.
 */
export type Verdict =
  | { readonly status: 'MATCH'; readonly demo: boolean; readonly findings: Findings }
  | { readonly status: 'PENDING'; readonly demo: boolean; readonly missing: Missing; readonly findings: Findings }
  | { readonly status: 'DIFFERENT'; readonly file: string; readonly where: string; readonly reason: Words }
  | { readonly status: 'REFUSED'; readonly reason: Words }

export interface VerifyOptions {
  /** The draw that was asked for; files of another one are a difference. */
  readonly drawId?: string
  /** Share of the digests done, from 0 to 1, at most once a hundredth. */
  readonly onProgress?: (share: number) => void
}

/** Runs a draw again from its public files (docs/draw-protocol.md §13) and says MATCH, PENDING or the first difference. */
export function verifyBundle(bundle: Bundle, options: VerifyOptions = {}): Verdict {
  try {
    return judge(bundle, options)
  } catch (error) {
    if (error instanceof Difference) return { status: 'DIFFERENT', file: error.file, where: error.where, reason: error.reason }
    if (error instanceof Refusal) return { status: 'REFUSED', reason: error.reason }
    throw error
  }
}

function judge(bundle: Bundle, { drawId, onProgress = () => undefined }: VerifyOptions): Verdict {
  const inTranscript = reportOn(bundle.transcript.name)
  const inCommitment = reportOn(bundle.commitment.name)
  const inRoster = reportOn(bundle.roster.name)
  const file = parseFile(inTranscript, bundle.transcript.bytes, transcriptShape)
  const t = file.transcript
  const { demo } = t.log.genesis
  const pinned = bundle.keys === undefined ? undefined : readPinnedKeys(bundle.keys)
  if (pinned !== undefined) checkPinned(inTranscript, t.log.genesis, pinned)
  const s = parseFile(inCommitment, bundle.commitment.bytes, commitmentShape)
  if (drawId !== undefined) inCommitment.same('/drawId', s.drawId, drawId)
  const roster = parseLines(inRoster, bundle.roster.bytes, rosterShape)
  checkCommitment(inCommitment, browserHash(s.hash), s, demo)
  const hash = countedHash(s, roster, onProgress)
  checkRoster(inRoster, inCommitment, hash, roster, bundle.roster.bytes, s.snapshot)
  checkDraw(inTranscript, hash, t, s, roster, bundle.commitment.bytes)
  checkLogProofs(inTranscript, hash, file, s)
  const opened = openedOf(bundle, hash, file, s)
  const own = ownOf(bundle, hash, file, s, roster)
  const missing = missingOf(bundle, file, s, pinned)
  // Last, because it takes longest.
  for (const [i, pulse] of t.beacons.entries()) {
    const beacon = s.beacons[i]
    const isValid = beacon !== undefined && verifyPulse(beacon, pulse).ok
    inTranscript.hold(`/transcript/beacons/${i}/signature`, isValid, badSignature)
  }
  onProgress(1)
  const findings: Findings = {
    drawId: s.drawId,
    regionCode: s.regionCode,
    batch: s.batch,
    attempt: s.attempt,
    assurance: s.assurance,
    strata: s.strata.map(({ stratum, mapped, eligible, n }) => ({ stratum, mapped, eligible, n })),
    beacons: s.beacons.map(({ source, round }) => ({ source, round })),
    drawn: sum(s.batchSizes),
    tickets: sum(s.strata.map(({ eligible }) => eligible)),
    hasWholeLog: bundle.log !== undefined,
    ...(opened === undefined ? {} : { opened }),
    ...(own === undefined ? {} : { own }),
  }
  return missing === undefined ? { status: 'MATCH', demo, findings } : { status: 'PENDING', demo, missing, findings }
}

/** Log and witnesses, as far as their files are there; what is missing for a MATCH. */
function missingOf(bundle: Bundle, file: SignedTranscript, s: Commitment, pinned: PinnedKeys | undefined): Missing | undefined {
  const { genesis } = file.transcript.log
  if (pinned !== undefined) {
    const { same } = reportOn(bundle.commitment.name)
    same('/witnesses/count', s.witnesses.count, pinned.witnesses.length)
    same('/witnesses/quorum', s.witnesses.quorum, pinned.quorum)
  }
  const log = bundle.log === undefined ? undefined : { report: reportOn(bundle.log.name), ...bundle.log }
  const entries = log === undefined ? undefined : parseLines(log.report, log.bytes, logShape)
  if (log !== undefined && entries !== undefined) checkRegionLog(log.report, entries, file, pinned)
  if (pinned === undefined) return s.witnesses.count > 0 ? 'keys' : genesis.demo ? undefined : 'no-witnesses'
  if (log === undefined || entries === undefined) return 'log'
  if (bundle.checkpoints === undefined) return 'checkpoints'
  const inCheckpoints = reportOn(bundle.checkpoints.name)
  const lines = parseLines(inCheckpoints, bundle.checkpoints.bytes, checkpointShape)
  checkCheckpoints(inCheckpoints, browserHash(genesis.hash), lines, entries, file, pinned)
  checkWitnessed(log.report, lines, entries, file, s, pinned)
  const own = entries.find(({ kind, drawId }) => kind === 'transcript' && drawId === s.drawId)
  return witnessedAt(lines, own?.seq ?? Number.MAX_SAFE_INTEGER, pinned) === undefined ? 'witnesses' : undefined
}

/** The log's genesis is the pinned one, and none of its keys is the superior's or a witness's. */
function checkPinned({ same, hold }: Report, genesis: LogGenesis, pinned: PinnedKeys): void {
  const at = '/transcript/log/genesis'
  for (const name of ['regionCode', 'hash'] as const) same(`${at}/${name}`, genesis[name], pinned[name])
  same(at, genesisDigest(browserHash(genesis.hash), genesis), pinned.genesis)
  const others = [pinned.superior, ...pinned.witnesses].map(({ publicKey }) => publicKey)
  const own = genesis.keys.findIndex(({ publicKey }) => others.includes(publicKey))
  hold(`${at}/keys/${own}`, own < 0, { zh: '本地区的密钥不得为上级或见证方所有', en: 'is the superior’s or a witness’s' })
}

function openedOf({ openings }: Bundle, hash: DrawHash, { transcript }: SignedTranscript, s: Commitment): number | undefined {
  if (openings === undefined) return undefined
  const report = reportOn(openings.name)
  return checkOpenings(report, hash, parseLines(report, openings.bytes, openingsShape), transcript, s)
}

function ownOf(
  { opening }: Bundle,
  hash: DrawHash,
  { transcript }: SignedTranscript,
  s: Commitment,
  roster: readonly RosterEntry[],
): OwnPlace | undefined {
  if (opening === undefined) return undefined
  const report = reportOn(opening.name)
  return checkOwnOpening(report, hash, parseFile(report, opening.bytes, ownOpeningShape), transcript, s, roster)
}

/** Two digests a leaf of the tree, two a ticket: what takes the time, whatever the sizes. */
function countedHash(s: Commitment, roster: readonly RosterEntry[], onProgress: (share: number) => void): DrawHash {
  const eligible = sum(s.strata.map((one) => one.eligible))
  const expected = 2 * (roster.length + eligible + sum(s.batchSizes)) + 1
  const step = Math.max(1, Math.floor(expected / 100))
  let done = 0
  return browserHash(s.hash, () => {
    done++
    if (done % step === 0) onProgress(Math.min(1, done / expected))
  })
}
