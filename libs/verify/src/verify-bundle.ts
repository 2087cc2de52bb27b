import { drawScheme, verifyPulse } from '@dual-random/beacon/verify'
import {
  type Commitment,
  type DrawHash,
  jointRoster,
  type ObjectOpening,
  type PublicOpeningLine,
  partsOf,
  type RedrawSubject,
  type RosterEntry,
  type SignedTranscript,
  type Transcript,
  transcriptDigest,
} from '@dual-random/draw'
import { type NamedFile, readJsonFile, readLines } from '@dual-random/draw/forms'
import { toHex } from '@dual-random/kernel'
import { beaconKeyAgeOf, defaultBeaconKeyAgeSeconds, defaultLeastMarginSeconds, type KeysFile, leastMarginOf } from '@dual-random/witness'
import type { BundleFiles, VerifyOptions } from './bundle-files.ts'
import { commitmentShape, openingShape, publicOpeningShape, rosterLineShape, transcriptFileShape } from './bundle-shapes.ts'
import { checkRedrawBeacons } from './check-beacons.ts'
import { checkCommitment, totalOf } from './check-commitment.ts'
import { checkApart, checkDraw, checkRosterOrder, checkSnapshot } from './check-draw.ts'
import type { Failure } from './check-failure.ts'
import { type CityLog, checkLogProofs, checkPinnedGenesis, cityLogsOf } from './check-log.ts'
import { checkOwnOpening, checkPublicOpenings, drawnElements, type Rosters } from './check-openings.ts'
import { checkRedraw, checkRedrawRoster, checkRelative, partOfCity } from './check-redraw.ts'
import type { AuditEntry } from './check-region-log.ts'
import { broken, type Check, type Difference, same } from './difference.ts'
import { type FamilyPart, familyFileName, type MissingFamilyFile } from './family-files.ts'
import { type JointPart, jointFileName } from './joint-files.ts'
import { type CityFiles, judgeLog, type Missing } from './judge-log.ts'
import { countedHash } from './progress.ts'
import { MissingFile, MissingRoster, must, none, optional, Stop } from './stop.ts'

/** What was read of a bundle without a difference. */
export interface VerifiedBundle {
  readonly transcript: Transcript
  readonly commitment: Commitment
  readonly roster: readonly RosterEntry[]
  /** Of all cities that take part, by region code. */
  readonly rosters: Rosters
  readonly openings: readonly PublicOpeningLine[] | undefined
  readonly opening: ObjectOpening | undefined
  /** Whether the log was there from its genesis on. */
  readonly wholeLog: boolean
  /** How long the pinned file asks of a beacon's key to stand in the log, where that is less than 30 days: whoever reads the verdict shall know (§15). */
  readonly shortBeaconKeyAgeSeconds: number | undefined
  /** The least margin that the pinned file asks for, where that is less than 600 seconds (§15). */
  readonly shortMarginSeconds: number | undefined
  /** Numbers of the log's lines with an S of another draw, before this draw's transcript, that was never drawn; undefined without the log (§19). */
  readonly undrawn: readonly number[] | undefined
  /** What the log says was lost of it, on whose word (§24). */
  readonly failure: Pick<Failure, 'reason' | 'unitId'> | undefined
  /** Who audited it, by the log; undefined without the log, and of a draw that failed, which nobody audits (§22). */
  readonly audits: readonly AuditEntry[] | undefined
}

export type Verdict =
  /** Recomputed alike, and witnessed in time; of a demonstration all keys are one party's. */
  | { readonly status: 'MATCH'; readonly bundle: VerifiedBundle }
  /** Recomputed alike, but something is missing to say when: files, or witnesses of the transcript's entry. */
  | {
      readonly status: 'PENDING'
      readonly missing: readonly Missing[]
      /** The same of the other cities, where several draw together. */
      readonly elsewhere: readonly MissingElsewhere[]
      readonly bundle: VerifiedBundle
    }
  /** Recomputed alike, but its superior said in time that it cannot be ended: nobody is checked on it (§24). */
  | ({ readonly status: 'FAILED'; readonly bundle: VerifiedBundle } & Pick<Failure, 'reason' | 'unitId'>)
  | { readonly status: 'DIFFERENT'; readonly difference: Difference }
  /** Not judged: a demonstration log that was not asked for, or another one that was to be a demonstration. */
  | { readonly status: 'REFUSED'; readonly reason: 'demonstration' | 'no-demonstration' }
  /** Not judged: a redraw without a file of its family, a later attempt without the S of one before. */
  | ({ readonly status: 'REFUSED'; readonly reason: 'family-file-missing' } & MissingFamilyFile)
  /** Not judged: a draw of several cities without the roster of one. */
  | { readonly status: 'REFUSED'; readonly reason: 'roster-missing'; readonly file: string; readonly regionCode: string }

export type MissingElsewhere = { readonly regionCode: string; readonly missing: readonly Missing[] }

/** §13: recomputes everything from the public files, in its order. Total: bytes of any kind end in a verdict. */
export function verifyBundle(files: BundleFiles, options: VerifyOptions): Verdict {
  try {
    return judged(files, options)
  } catch (thrown) {
    if (thrown instanceof MissingFile) return { status: 'REFUSED', reason: 'family-file-missing', ...thrown.missing }
    if (thrown instanceof MissingRoster) return { status: 'REFUSED', reason: 'roster-missing', ...thrown.missing }
    if (thrown instanceof Stop) return { status: 'DIFFERENT', difference: thrown.difference }
    throw thrown
  }
}

function judged(files: BundleFiles, options: VerifyOptions): Verdict {
  const { demo, hash: hashOf, pinnedKeys, onProgress = () => undefined } = options
  const signed = must(files.transcript, readJsonFile<SignedTranscript>(files.transcript, transcriptFileShape))
  const t = signed.transcript
  const isDemo = t.log.genesis.demo
  if (pinnedKeys !== undefined) none(files.transcript, checkPinnedGenesis(options, t.log, pinnedKeys))
  for (const [index, log] of (t.joint ?? []).entries()) {
    const keys = jointKeysOf(options, log.genesis.regionCode)
    if (keys !== undefined) none(files.transcript, checkPinnedGenesis(options, log, keys, `/transcript/joint/${index}`))
  }
  if (demo !== undefined && demo !== isDemo) return { status: 'REFUSED', reason: demo ? 'no-demonstration' : 'demonstration' }
  const s = must(files.commitment, readJsonFile<Commitment>(files.commitment, commitmentShape))
  const roster = must(files.roster, readLines<RosterEntry>(files.roster, rosterLineShape))

  none(files.commitment, same('/drawId', s.drawId, options.drawId ?? s.drawId))
  none(files.commitment, checkCommitment(hashOf(s.hash), s, isDemo))
  const others = s.joint?.parts.flatMap(({ snapshot }) => snapshot.strata.map(({ mapped }) => mapped)) ?? []
  const hash = countedHash(hashOf(s.hash), s, roster.length + totalOf(others), onProgress)
  none(files.roster, checkRosterOrder(roster))
  none(files.commitment, checkSnapshot(hash, s, roster, files.roster.bytes))
  const rosters = rostersOf(files, hash, s, roster)
  if (s.subject.kind === 'redraw') judgeRedraw(files, hashOf(s.hash), s, s.subject, roster)
  const digest = toHex(hash.digest(files.commitment.bytes))
  none(files.transcript, checkDraw({ hash, sha256: hashOf('sha256') }, t, s, wholeRoster(s, rosters), digest))
  none(files.transcript, checkLogProofs(options, signed, s))
  const left = drawnElements(s, t)
  const openingsIn = (file: NamedFile): readonly PublicOpeningLine[] => {
    const lines = must(file, readLines<PublicOpeningLine>(file, publicOpeningShape))
    none(file, checkPublicOpenings(hash, s, left, lines))
    return lines
  }
  const ofAll = [files.openings, ...otherCities(s).map((regionCode) => besides(files, 'openings', s.drawId, regionCode))]
  const opened = ofAll.flatMap((file) => (file === undefined ? [] : [openingsIn(file)]))
  const openings = opened.length === 0 ? undefined : opened.flat()
  const opening = optional(files.opening, (file) => {
    const own = must(file, readJsonFile<ObjectOpening>(file, openingShape))
    none(file, checkOwnOpening(hash, s, own, rosters))
    return own
  })
  const cities = cityLogsOf(signed, s).map((city) => judgeLog(cityFiles(files, s, city), options, signed, s, city, keysOf(options, city)))
  const [missing = [], ...elsewhere] = cities.map((city) => city.missing)
  // Another city's superior alone cannot undo what the organiser's log has matched, nor end it without the organiser's (§24).
  const failure = cities[0]?.failure
  const audits = failure === undefined ? cities[0]?.audits : undefined
  // Last, because it takes longest.
  none(files.transcript, checkPulses(t, s))
  onProgress(1)
  const [keyAge, margin, undrawn] = [beaconKeyAgeOf(pinnedKeys), leastMarginOf(pinnedKeys), cities[0]?.undrawn]
  const shortBeaconKeyAgeSeconds = keyAge < defaultBeaconKeyAgeSeconds ? keyAge : undefined
  const shortMarginSeconds = margin < defaultLeastMarginSeconds ? margin : undefined
  const wholeLog = files.log !== undefined
  const notes = { shortBeaconKeyAgeSeconds, shortMarginSeconds, failure, audits, undrawn }
  const bundle = { transcript: t, commitment: s, roster, rosters, openings, opening, wholeLog, ...notes }
  const lacking = otherCities(s)
    .map((regionCode, index): MissingElsewhere => {
      const isFailedAlone = failure === undefined && cities[0]?.isMatched !== true && cities[index + 1]?.failure !== undefined
      return { regionCode, missing: [...(elsewhere[index] ?? []), ...(isFailedAlone ? (['failure'] as const) : [])] }
    })
    .filter((city) => city.missing.length > 0)
  if (missing.length > 0 || lacking.length > 0) return { status: 'PENDING', missing, elsewhere: lacking, bundle }
  return failure === undefined ? { status: 'MATCH', bundle } : { status: 'FAILED', ...failure, bundle }
}

const otherCities = ({ joint }: Commitment): readonly string[] => joint?.parts.map(({ snapshot }) => snapshot.regionCode) ?? []

/** A file of another city beside the organiser's; undefined where it is not there. */
function besides(files: BundleFiles, part: JointPart, drawId: string, regionCode: string): NamedFile | undefined {
  const name = jointFileName(part, drawId, regionCode)
  return optional(files.family?.(name), (bytes) => ({ name, bytes }))
}

const keysOf = (options: VerifyOptions, { inCommitment, regionCode }: CityLog): KeysFile | undefined =>
  inCommitment === '' ? options.pinnedKeys : jointKeysOf(options, regionCode)

const jointKeysOf = ({ jointKeys = [] }: VerifyOptions, regionCode: string): KeysFile | undefined =>
  jointKeys.find((keys) => keys.regionCode === regionCode)

/** §13, item 3, of several cities: the others' rosters, each as its registry signed it, and no label in two. */
function rostersOf(files: BundleFiles, hash: DrawHash, s: Commitment, own: readonly RosterEntry[]): Rosters {
  const rosters = new Map([[s.regionCode, own]])
  if (s.joint === undefined) return rosters
  const labels = new Set(own.map(({ label }) => label))
  for (const [index, part] of s.joint.parts.entries()) {
    const { regionCode } = part.snapshot
    const file = besides(files, 'roster', s.drawId, regionCode)
    if (file === undefined) throw new MissingRoster(jointFileName('roster', s.drawId, regionCode), regionCode)
    const roster = must(file, readLines<RosterEntry>(file, rosterLineShape))
    none(file, checkRosterOrder(roster))
    none(files.commitment, checkSnapshot(hash, part, roster, file.bytes, `/joint/parts/${index}`))
    none(file, checkApart(labels, roster))
    for (const { label } of roster) labels.add(label)
    rosters.set(regionCode, roster)
  }
  return rosters
}

function wholeRoster(s: Commitment, rosters: Rosters): readonly RosterEntry[] {
  const whole = jointRoster(partsOf(s), s.joint, rosters)
  if (!whole.ok) throw new Error(`the rosters were checked: ${whole.error.code}`)
  return whole.value
}

/** Log and checkpoints of a city that takes part. */
const cityFiles = (files: BundleFiles, { drawId }: Commitment, { regionCode, inCommitment }: CityLog): CityFiles =>
  inCommitment === ''
    ? files
    : {
        transcript: files.transcript,
        commitment: files.commitment,
        log: besides(files, 'log', drawId, regionCode),
        checkpoints: besides(files, 'checkpoints', drawId, regionCode),
      }

/** §13, item 3, of a redraw: what it rests on in the files of its family. */
function judgeRedraw(files: BundleFiles, hash: DrawHash, s: Commitment, subject: RedrawSubject, roster: readonly RosterEntry[]): void {
  const beside = (part: FamilyPart, drawId: string, name = familyFileName(part, drawId)): NamedFile => {
    const bytes = files.family?.(name)
    if (bytes === undefined) throw new MissingFile({ file: name, part, of: drawId === subject.parentDrawId ? 'parent' : 'redraw' })
    return { name, bytes }
  }
  const relatives = subject.after.map(({ drawId, transcript: named }, index) => {
    const transcriptFile = beside('transcript', drawId)
    const { transcript } = must(transcriptFile, readJsonFile<SignedTranscript>(transcriptFile, transcriptFileShape))
    none(files.commitment, same(`/subject/after/${index}/transcript`, named, transcriptDigest(hash, transcript)))
    const file = beside('commitment', drawId)
    const commitment = must(file, readJsonFile<Commitment>(file, commitmentShape))
    none(transcriptFile, same('/transcript/commitment', transcript.commitment, toHex(hash.digest(file.bytes))))
    none(files.commitment, checkRelative(index, subject, s, { transcript, commitment }))
    return { transcript, commitment, file }
  })
  const parent = relatives.find(({ commitment }) => commitment.drawId === subject.parentDrawId)
  if (parent === undefined) throw new Error('the parent is among them')
  const of = partOfCity(parent.commitment, s.regionCode)
  if (of === undefined) throw new Stop(files.commitment.name, broken('/regionCode', 'no-part-of-parent'))
  none(files.commitment, checkRedrawBeacons(s, parent.commitment))
  none(files.commitment, checkRedraw(s, subject, parent.commitment, of, relatives, roster))
  const { parentDrawId } = subject
  const rosterName = of.at === '' ? familyFileName('roster', parentDrawId) : jointFileName('roster', parentDrawId, s.regionCode)
  const rosterFile = beside('roster', parentDrawId, rosterName)
  const before = must(rosterFile, readLines<RosterEntry>(rosterFile, rosterLineShape))
  const digest = toHex(hash.digest(rosterFile.bytes))
  none(parent.file, same(`${of.at}/snapshot/rosterDigest`, of.part.snapshot.rosterDigest, digest))
  none(files.roster, checkRedrawRoster(subject, relatives, before, roster))
}

/** §13, item 8. */
function* checkPulses({ beacons }: Transcript, s: Commitment): Check {
  for (const [index, output] of beacons.entries()) {
    const named = s.beacons[index]
    if ('series' in output || named === undefined || named.kind === 'public-numbers') continue
    const { publicKey } = named
    const { round, randomness, signature } = output
    if (!verifyPulse({ publicKey, scheme: drawScheme }, { round, randomness, signature }).ok)
      yield { where: `/transcript/beacons/${index}/signature`, code: 'bad-signature' }
  }
}
