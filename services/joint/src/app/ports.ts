import type { DrawnFor } from '@dual-random/draw'
import type { JointTask, LineOfDraw } from '../domain/joint-task.ts'
import type { DrawnList, ListEntry } from '../domain/list-comparison.ts'
import type { ListMatch, MatchStatus } from '../domain/list-match.ts'
import type { RecordKind, RegionGroup, SharedRecord } from '../domain/sharing.ts'

/** What was drawn for: a line of a plan, or a task on clues that reads like one. */
export type FindLine = (subject: DrawnFor) => Promise<LineOfDraw>

/** The groups in a region's policy, of the day that decides about a record issued at that instant (`decidingDate`). */
export type FindGroups = (regionCode: string, issuedAt: string) => Promise<readonly RegionGroup[]>

export interface JointTasks {
  /** Does nothing for a task that exists. */
  open(task: JointTask): Promise<void>
  /** Saves what `decide` returns, with the event of its completion; undefined changes nothing. Does nothing where there is no such task yet. */
  complete(jointTaskId: string, decide: (task: JointTask) => Promise<JointTask | undefined>): Promise<void>
}

/** The check tasks of joint lines, for knowing when all are done. */
export interface DepartmentTasks {
  /** `unitCount`: how many departments have a task at the same object; absent in news from before it was told, when every one had. */
  add(task: { readonly taskId: string; readonly drawId: string; readonly unitId: string; readonly unitCount?: number }): Promise<void>
  /** The draw of the task; undefined for a task that belongs to no joint line. */
  markCompleted(taskId: string): Promise<string | undefined>
  /** Those of one department; without `unitId` those of all. */
  countCompleted(drawId: string, unitId?: string): Promise<number>
  /** Those of one department, whatever their state. */
  countOfUnit(drawId: string, unitId: string): Promise<number>
  /** Those whose object has so many; undefined: those that do not tell. */
  countOfSize(drawId: string, unitCount: number | undefined): Promise<number>
}

export interface SharedRecords {
  /** Stores the record with the event on its exchange topic; does nothing for one that exists. */
  share(record: SharedRecord): Promise<void>
  withdraw(recordId: string, decide: (record: SharedRecord) => SharedRecord | undefined): Promise<SharedRecord | undefined>
  get(recordId: string): Promise<SharedRecord | undefined>
}

/** A record of another region as one region holds it. */
export interface RecognisedRecord {
  readonly regionCode: string
  readonly recordId: string
  readonly groupId: string
  readonly issuingRegionCode: string
  readonly kind: RecordKind | (string & {})
  readonly objectCode: string
  readonly objectName: string
  readonly content: string
  readonly issuedAt: string
  readonly withdrawn: boolean
}

export interface RecognisedRecords {
  /** `alias`: of the region whose exchange topic brought them. */
  add(records: readonly RecognisedRecord[], alias: string): Promise<void>
  /** Only what came by the same region's topic: no region takes back what another has issued. */
  markWithdrawn(recordId: string, alias: string): Promise<void>
  find(query: {
    readonly regionCode: string
    readonly objectCode?: string
    readonly limit: number
    readonly after?: string
  }): Promise<readonly RecognisedRecord[]>
}

/** The gathered lists of draws. */
export interface DrawnLists {
  /** Does nothing for what is there already. */
  add(list: DrawnList, entries: readonly ListEntry[]): Promise<void>
  /** The entries of all lists with one of the identities. */
  find(identities: readonly string[]): Promise<readonly ListEntry[]>
  getMany(listIds: readonly string[]): Promise<ReadonlyMap<string, DrawnList>>
}

export interface ListMatches {
  /** Stores the match with its event; does nothing for one that exists. */
  propose(match: ListMatch): Promise<void>
  get(matchId: string): Promise<ListMatch | undefined>
  /** Saves what `decide` returns, with the event once it is decided; the same match changes nothing. Undefined where there is none. */
  answer(matchId: string, decide: (match: ListMatch) => ListMatch): Promise<ListMatch | undefined>
  /** Those with that department as a side, in order of id. */
  list(query: {
    readonly unitId: string
    readonly status?: MatchStatus
    readonly limit: number
    readonly after?: string
  }): Promise<readonly ListMatch[]>
}
