import type { BeaconChain, BeaconSource, DrawChain } from '@dual-random/beacon'
import type { DrawHash, LogEntry, LogGenesis, LogKey, RosterEntry, Signer } from '@dual-random/draw'
import type { Clock, DrawId, Instant, LineId, LocalDate, PlanId, RegionCode, Result, TaskId, UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { Cosignature, CosignedCheckpoint, KeysFile, SignedCheckpoint } from '@dual-random/witness'
import type { City, PartRef } from '../domain/cities.ts'
import type { DrawEvent } from '../domain/commands.ts'
import type { Draw, DrawStatus, FreezeRequest, StaleSource } from '../domain/draw.ts'
import type { Actor, HistoryEntry } from '../domain/history.ts'
import type { Candidate, Needs } from '../domain/match-files.ts'
import type { MatchLoad } from '../domain/matching.ts'
import type { TaskOutcome } from '../domain/outcomes.ts'
import type { OutsideRefusal, OutsideRequest, Superior } from '../domain/outside-entry.ts'
import type { AcceptedClueTask, PublishedLine } from '../domain/plan-line.ts'
import type { RedrawOf } from '../domain/redraw.ts'
import type { LogDecision, LogRefusal, LogRequest, RegionLog } from '../domain/region-log.ts'
import type { TaskNumbering } from '../domain/task-numbering.ts'
import type { Computations } from './computations.ts'

/** What travels on to other services on a caller's behalf. */
export interface Call {
  readonly deadline: number
  readonly token: string
  readonly traceId: string
  readonly signal?: AbortSignal
}

export interface DrawDecision {
  readonly draw: Draw
  readonly events: readonly DrawEvent[]
  readonly by: Actor
}

export interface DrawQuery {
  readonly regionCode: RegionCode
  readonly year: number
}

export interface Draws {
  load(drawId: string): Promise<Draw | undefined>
  /** Decides anew when someone else was faster; undefined changes nothing. Gives the draw as it is then. */
  update(drawId: DrawId, decide: (draw: Draw | undefined) => DrawDecision | undefined): Promise<Draw | undefined>
  ofYear(query: DrawQuery, statuses: readonly DrawStatus[]): Promise<readonly Draw[]>
  /** Oldest snapshot first; `after` is the cursor of the last draw of the page before. */
  page(
    query: Partial<DrawQuery> & { readonly regionPrefix: string; readonly auditMissingAt?: Instant },
    page: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<readonly Draw[]>
  /** Every step of a draw, kept with it (ACC-07); empty of one that is not there, or was made before steps were kept. */
  history(drawId: string): Promise<readonly HistoryEntry[]>
  /** Redraws of a draw in the order of their numbers and attempts. */
  redrawsOf(parentDrawId: DrawId): Promise<readonly Draw[]>
  /** Draws that go on by themselves, the longest due first. */
  due(now: Instant, limit: number): Promise<readonly Draw[]>
}

export const drawCursor = (draw: Draw): string => `${draw.line.batch.freezeAt}~${draw.drawId}`

/** Freezes that were asked for; the first request of a draw stays. */
export interface FreezeRequests {
  pin(request: FreezeRequest): Promise<FreezeRequest>
  drop(drawId: DrawId): Promise<void>
}

export interface RegionLogs {
  /** Opens the log of a region, or finds the one that is there. */
  open(regionCode: RegionCode, propose: () => RegionLog): Promise<RegionLog>
  head(regionCode: RegionCode): Promise<RegionLog | undefined>
  append(
    regionCode: RegionCode,
    request: LogRequest,
  ): Promise<{ readonly ok: true; readonly value: LogEntry } | { readonly ok: false; readonly error: LogRefusal }>
  /** Appends what somebody outside signed. */
  appendOutside(regionCode: RegionCode, superior: Superior, request: OutsideRequest): Promise<Result<LogDecision, OutsideRefusal>>
  ofDraw(regionCode: RegionCode, drawId: string): Promise<readonly LogEntry[]>
  /** The entry with a number; undefined beyond the head. */
  entry(regionCode: RegionCode, seq: number): Promise<LogEntry | undefined>
  /** Every entry up to a head, in order. */
  entries(log: RegionLog): AsyncIterable<LogEntry>
}

/** What the keeper of a log gives one witness. */
export interface WitnessSubmission {
  readonly lines: readonly LogEntry[]
  /** The text of S for every commitment among the lines. */
  readonly commitments: readonly string[]
  readonly checkpoint: SignedCheckpoint
  readonly proofs: readonly CosignedCheckpoint[]
}

/** The witnesses of the regions' logs (docs/draw-protocol.md §15). */
export interface Witnesses {
  /** What is pinned of a region; undefined where its log has no witnesses. */
  pinned(regionCode: RegionCode): KeysFile | undefined
  /** One witness's word, its signature checked; throws its refusal, or that it cannot be reached. */
  cosign(regionCode: RegionCode, witnessId: string, submission: WitnessSubmission, signal?: AbortSignal): Promise<Cosignature>
}

/** Checkpoints of the logs with the cosignatures that came back. */
export interface Checkpoints {
  put(checkpoint: SignedCheckpoint): Promise<void>
  add(regionCode: RegionCode, seq: number, cosignature: Cosignature): Promise<void>
  /** Number of the last line that a witness cosigned a checkpoint over; −1 where it did none. */
  lastOf(regionCode: RegionCode, witnessId: string): Promise<number>
  /** Ascending by number, from one on. */
  from(regionCode: RegionCode, seq: number): AsyncIterable<CosignedCheckpoint>
}

/** Objects assigned per inspector by the matching of one draw. */
export interface MatchLoads {
  put(drawId: DrawId, loads: readonly MatchLoad[]): Promise<void>
  ofDraws(drawIds: readonly DrawId[]): Promise<readonly (readonly MatchLoad[])[]>
}

export interface TaskOutcomes {
  getMany(taskIds: readonly TaskId[]): Promise<ReadonlyMap<string, TaskOutcome>>
}

/** What of a draw is not public. */
export const sensitiveFiles = [
  'capacity',
  'match',
  'match-input',
  'assignments',
  'closed',
  'redraws',
  'redraw-order',
  'history',
  'history-at',
] as const
export type SensitiveFile = (typeof sensitiveFiles)[number]

/** Who read what of a draw is not public (ACC-07). */
export interface SensitiveRead {
  readonly drawId: string
  readonly at: Instant
  readonly by: Actor
  readonly what: SensitiveFile
}

export interface SensitiveReads {
  add(read: SensitiveRead): Promise<void>
  /** Oldest first. */
  ofDraw(drawId: string): Promise<readonly SensitiveRead[]>
}

/** Keeps several copies of the service from doing the same draw at once; work is idempotent without it. */
export interface Claims {
  take(drawId: DrawId, now: Instant, until: Instant): Promise<boolean>
  release(drawId: DrawId): Promise<void>
}

/** Finds the file behind a digest of the log: the log's hash need not be the one that addresses files. */
export interface LogRecords {
  put(digest: string, blob: string): Promise<void>
  blobOf(digest: string): Promise<string | undefined>
}

/** Content-addressed bytes. */
export interface Blobs {
  put(content: Uint8Array): Promise<string>
  get(digest: string): AsyncIterable<Uint8Array>
  bytes(digest: string): Promise<Uint8Array>
}

export interface PolicyInForce {
  readonly policy: Policy
  readonly digest: string
}

/** The freeze of one city's pool. */
export interface FreezeOrder {
  readonly request: FreezeRequest
  readonly city: City
  readonly asOf: Instant
  readonly byGrade: boolean
  readonly earlierDraws: readonly DrawnEarlier[]
}

/** A freeze under the labels of an earlier draw. */
export interface RedrawFreezeOrder {
  readonly request: FreezeRequest & { readonly redraw: RedrawOf }
  readonly drawnLabels: readonly string[]
  readonly earlierDraws: readonly DrawnEarlier[]
}

/** The labels that one draw drew; of several cities, those in the roster of one. */
export interface DrawnLabels extends PartRef {
  readonly labels: readonly string[]
}

/** The same of a draw before another, as the bar on repeats has to know it. */
export interface DrawnEarlier extends DrawnLabels {
  readonly joint: boolean
  /** With the place of each label in the drawing order, in the order of the labels; absent where no task can be named. */
  readonly tasks?: TaskNumbering & { readonly positions: readonly number[] }
}

export interface Opening {
  readonly label: string
  readonly id: string
  readonly salt: string
  readonly drawnSalt: string
}

/** What a stream of the mapped set amounts to, as registry says it. */
export interface RosterAttestation {
  readonly count: number
  readonly root: string
  /** The signed snapshot record. */
  readonly snapshotJson: string
}

export interface RosterPart {
  readonly entries: readonly RosterEntry[]
  readonly attestation?: RosterAttestation
}

export interface SignedFreeze {
  readonly json: string
  readonly staleSources: readonly StaleSource[]
}

/** Registry, asked in the service's own name. */
export interface Registry {
  policy(regionCode: RegionCode, at: LocalDate): Promise<PolicyInForce>
  /** The signed snapshot record as registry sent it, and which sources it found stale. */
  freeze(order: FreezeOrder): Promise<SignedFreeze>
  freezeRedraw(order: RedrawFreezeOrder): Promise<SignedFreeze>
  /** The mapped set ascending by label, from an entry on; the first part has the attestation. */
  roster(part: PartRef, firstEntry: number): AsyncIterable<RosterPart>
  matchInputs(
    part: PartRef,
    labels: readonly string[],
    itemCodes: readonly string[],
  ): Promise<{ readonly candidates: readonly Candidate[]; readonly needs: readonly Needs[] }>
  openings(part: PartRef, labels: readonly string[]): Promise<readonly Opening[]>
  /** Distinct enterprises behind the labels of all these draws. */
  countEnterprises(draws: readonly DrawnLabels[]): Promise<number>
}

export interface Planning {
  /** A line of the published version, asked with the caller's rights. */
  line(planId: PlanId, lineId: LineId, call: Call): Promise<PublishedLine>
  /** An accepted task on clues, asked with the caller's rights. */
  clueTask(taskId: string, call: Call): Promise<AcceptedClueTask>
}

/** Public numbers under a definition that stands in the region's log, by its digest. */
export interface NumbersSource {
  readonly source: string
  readonly definition: string
}

/** What a unit typed of public numbers, before the other unit's is here and equal. */
export interface HeldEntry {
  readonly drawId: DrawId
  readonly source: string
  readonly unitId: string
  readonly request: OutsideRequest
}

/** One entry per draw, source and unit: a later one takes the place of the one before. */
export interface HeldNumbers {
  put(entry: HeldEntry): Promise<void>
  /** Ascending by unit. */
  ofDraw(drawId: DrawId): Promise<readonly HeldEntry[]>
}

/** The keys of the regions served here. */
export interface RegionKeys {
  readonly regions: readonly RegionCode[]
  /** Undefined for a region that is not served. */
  signer(regionCode: RegionCode): Signer | undefined
  /** What a region's genesis vouches for. */
  logKeys(regionCode: RegionCode): readonly LogKey[]
  verify(publicKey: string, message: Uint8Array, signature: Uint8Array): boolean
  /** 32 bytes in hex that this secret and the names determine. */
  nonce(purpose: string, drawId: DrawId, unitId?: UnitId): string
}

export interface AppDeps {
  /** Who acts; the service by itself where nobody is named. */
  readonly actor?: Actor
  readonly draws: Draws
  readonly reads: SensitiveReads
  readonly freezeRequests: FreezeRequests
  readonly logs: RegionLogs
  readonly loads: MatchLoads
  readonly witnesses: Witnesses
  readonly checkpoints: Checkpoints
  readonly tasks: TaskOutcomes
  readonly claims: Claims
  readonly records: LogRecords
  readonly blobs: Blobs
  readonly registry: Registry
  readonly planning: Planning
  /** What a commitment made now names, all of them. */
  readonly beacons: readonly BeaconSource<DrawChain>[]
  /** Public numbers that it names beside them. */
  readonly numbers: readonly NumbersSource[]
  readonly held: HeldNumbers
  readonly keys: RegionKeys
  readonly computations: Computations
  readonly hash: DrawHash
  readonly clock: Clock
}

export type { BeaconChain, LogEntry, LogGenesis }
