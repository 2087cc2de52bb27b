import type { StratumCount, StratumSize } from '@dual-random/draw'
import type { DrawId, Instant, RegionCode, UnitId } from '@dual-random/kernel'
import type { FailureReason } from '@dual-random/witness'
import type { DrawLine } from './plan-line.ts'
import type { RedrawOf, RedrawOrder } from './redraw.ts'
import type { DrawTerms } from './terms.ts'

/** What a freeze rests on; fixed before registry is asked, so that a freeze cut off is asked for again in the same words. */
export interface FreezeRequest {
  readonly drawId: DrawId
  readonly regionCode: RegionCode
  /** The unit that organises and answers for the draw: the line's initiator (DRW-28). */
  readonly unitId: UnitId
  readonly batch: number
  readonly attempt: number
  readonly line: DrawLine
  readonly terms: DrawTerms
  /** Policy in force at the freeze (POL-05). */
  readonly policy: { readonly preset: string; readonly version: number; readonly digest: string }
  /** Draws of the region and year whose labels registry was given; and the last log entry known then. */
  readonly earlierDrawIds: readonly DrawId[]
  readonly logSeq: number
  /** The same of the other regions that the bar on repeats spans, ascending; absent where it spans none that is served. */
  readonly beside?: readonly RegionBefore[]
  /** Of a small draw that follows another (rule 12); `batch` is its number then, and `line` its parent's. */
  readonly redraw?: RedrawOf
  /** Of a draw of several cities: what the other cities' freezes know of draws before, ascending by region. */
  readonly others?: readonly CityBefore[]
}

/** What a freeze knows of the draws of a region before it. */
export interface RegionBefore extends Pick<FreezeRequest, 'earlierDrawIds' | 'logSeq'> {
  readonly regionCode: RegionCode
}

/** The same of another city that takes part, with the regions beside it. */
export interface CityBefore extends RegionBefore, Pick<FreezeRequest, 'beside'> {
  /** Whether the bar on repeats holds there, by the city's own policy (DRW-26); absent in draws of before it was kept by city, where the organiser's decides. */
  readonly repeatBar?: boolean
}

export interface SnapshotRecord {
  readonly digest: string
  /** Blob of `{keyId, signature, snapshot}` as registry signed it. */
  readonly blob: string
  /** As S will have them: of several cities, of all together. */
  readonly strata: readonly StratumSize[]
  /** Sources staler at the snapshot than policy allows (DQ-07); absent in draws frozen before registry told of them. */
  readonly staleSources?: readonly StaleSource[]
  /** Of a draw of several cities: what the other cities' registries signed, ascending by region. */
  readonly others?: readonly CityFile[]
}

export interface StaleSource {
  /** OBJECT_POOL, INSPECTOR_POOL or CREDIT_RESULTS. */
  readonly dataset: string
  /** The unit whose pool, or the region whose results. */
  readonly of: string
  readonly source?: string
  /** As of when the source spoke; absent where nothing was ever loaded. */
  readonly asOf?: Instant
  readonly limitDays: number
}

/** A file by the digest it is known under, and the blob its bytes lie in. */
export type FileRecord = {
  readonly digest: string
  readonly blob: string
}

/** The file of one of the other cities that take part in a draw. */
export type CityFile = FileRecord & { readonly regionCode: RegionCode }

/** A round that S names, and when it is due; of public numbers round 0, and the earliest instant of a publication. */
export interface NamedRound {
  readonly source: string
  readonly round: number
  readonly at: Instant
}

/** S once it is built. Its file is stored before its digest stands anywhere. */
export interface CommitmentRecord extends FileRecord {
  readonly roster: FileRecord
  /** The other cities'. */
  readonly otherRosters?: readonly CityFile[]
  readonly committedAt: Instant
  /** When the last of the rounds is due, and with it the draw. */
  readonly roundAt: Instant
  readonly beacons: readonly NamedRound[]
  readonly strata: readonly StratumCount[]
  readonly matchInputs: readonly (FileRecord & { readonly unitId: UnitId })[]
  /** Objects that could not get a full team with the loads as of the snapshot, and who approved that (rule 10). */
  readonly withoutTeam: number
  readonly shortTeamsApprovedBy?: string
}

export interface TranscriptRecord extends FileRecord {
  readonly drawn: number
  /** Of a draw of several cities: the labels drawn in each, the organiser's first. */
  readonly ofCities?: readonly { readonly regionCode: RegionCode; readonly labels: readonly string[] }[]
}

export interface MatchingRecord extends FileRecord {
  readonly shortOfTeam: number
  /** Distinct enterprises drawn in the region and year up to this draw (CRD-08); absent of draws matched before it was counted. */
  readonly yearEnterprises?: number
  /** The same of the other cities, where several draw together. */
  readonly elsewhere?: readonly { readonly regionCode: RegionCode; readonly yearEnterprises: number }[]
  /** When it entered the log; absent of draws matched before that was kept. */
  readonly matchedAt?: Instant
}

/** What a unit other than the organiser found when it recomputed the draw (rule 10). */
export interface Audit {
  readonly unitId: UnitId
  /** When it entered the log. */
  readonly at: Instant
  /** How many findings; 0 where everything was recomputed the same. */
  readonly findings: number
}

export interface ClosingRecord {
  /** Of the record behind the `closed` entry. */
  readonly digest: string
  readonly openings: FileRecord
  /** The other cities'. */
  readonly otherOpenings?: readonly CityFile[]
  readonly visited: number
  readonly notVisited: number
}

interface Frozen extends FreezeRequest {
  readonly snapshot: SnapshotRecord
}

interface Committed extends Frozen {
  readonly commitment: CommitmentRecord
}

interface Drawn extends Committed {
  readonly transcript: TranscriptRecord
}

interface Matched extends Drawn {
  readonly matching: MatchingRecord
  /** Orders for redraws of it, in the order in which they were proposed. */
  readonly redraws?: readonly RedrawOrder[]
  /** One per unit, in the order in which they were entered. */
  readonly audits?: readonly Audit[]
  /** Until when the first of them is due; absent where policy sets no days. */
  readonly auditDueAt?: Instant
}

/** What was lost of a committed draw, on its superior's word (docs/draw-protocol.md §24). */
export interface Failure {
  readonly reason: FailureReason
  readonly unitId: UnitId
  readonly at: Instant
}

/** States of rule 14. `dueAt` is when the draw goes on by itself; a draw that waits for its organiser has none. */
export type Draw =
  | (Frozen & { readonly status: 'FROZEN'; readonly prepared?: CommitmentRecord })
  | (Committed & { readonly status: 'COMMITTED'; readonly dueAt: Instant })
  | (Drawn & { readonly status: 'DRAWN'; readonly dueAt: Instant })
  | (Matched & { readonly status: 'MATCHED'; readonly dueAt: Instant })
  | (Matched & { readonly status: 'CLOSED'; readonly closing: ClosingRecord })
  | (Committed & { readonly status: 'FAILED'; readonly transcript?: TranscriptRecord; readonly failure: Failure })
  | (Frozen & { readonly status: 'VOID'; readonly commitment?: CommitmentRecord; readonly reason: string })

export type DrawStatus = Draw['status']

/** A draw that is neither void nor failed. */
export type LivingDraw = Exclude<Draw, { readonly status: 'VOID' | 'FAILED' }>

/** Whether an attempt came to nothing, so that the next may follow it (rule 1). */
export const cameToNothing = (draw: Draw): draw is DrawIn<'VOID' | 'FAILED'> => draw.status === 'VOID' || draw.status === 'FAILED'

export type DrawIn<Status extends DrawStatus> = Extract<Draw, { readonly status: Status }>

/** Draws whose labels were drawn: what the bar on repeats and the loads of inspectors look at. */
export const drawnStatuses = ['DRAWN', 'MATCHED', 'CLOSED'] as const satisfies readonly DrawStatus[]

export const isDrawn = (draw: Draw): draw is DrawIn<(typeof drawnStatuses)[number]> =>
  drawnStatuses.some((status) => status === draw.status)
