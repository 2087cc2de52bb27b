import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { ImportProblem } from '@dual-random/tables'
import type { Applicability } from '../domain/applicability.ts'
import type { CheckItem } from '../domain/check-item.ts'
import type { CheckItemList } from '../domain/check-item-list.ts'
import type { CheckObject, ObjectKind, ObjectStatus } from '../domain/check-object.ts'
import type { CreditRecord } from '../domain/credit-result.ts'
import type { RegistryEvent } from '../domain/events.ts'
import type { Inspector } from '../domain/inspector.ts'
import type { ItemLinks } from '../domain/item-links.ts'
import type { ItemProposal, ProposalPurpose, ProposalStatus } from '../domain/item-proposal.ts'
import type { BindingRecord, PresetRecord } from '../domain/policy-record.ts'
import type { PublishedList } from '../domain/published-list/published-list.ts'
import type { ReportKind, ReportRun } from '../domain/report.ts'
import type { SubjectBindings } from '../domain/role-binding.ts'
import type { SourceFreshness } from '../domain/source.ts'
import type { TagRule } from '../domain/tag-rule.ts'
import type { TagScheme } from '../domain/tag-scheme.ts'
import type { Unit } from '../domain/unit.ts'
import type { YearlyCheck } from '../domain/yearly-check.ts'
import type { RowProgress } from './import/row-result.ts'

/** On whose behalf a use case runs. */
export interface Caller {
  readonly subject: string
  readonly unitId: UnitId
  readonly regionCode: RegionCode
}

/** A record with the version it was read at. */
export interface Stored<S> {
  readonly id: string
  readonly version: number
  readonly seq: number
  readonly state: S
}

export interface Decision<S> {
  readonly state: S
  readonly events: readonly RegistryEvent[]
}

export interface BulkDecision<S> extends Decision<S> {
  readonly id: string
  readonly previous?: Stored<S>
}

/** Records of one kind: each write is conditional on the version that was read, and carries its events. */
export interface Records<S> {
  load(id: string): Promise<Stored<S> | undefined>
  loadMany(ids: readonly string[]): Promise<ReadonlyMap<string, Stored<S>>>
  /** Decides anew when someone else was faster; undefined changes nothing. */
  update(id: string, decide: (current: Stored<S> | undefined) => Decision<S> | undefined): Promise<Stored<S> | undefined>
  /** `conflicts` are those that someone else wrote meanwhile. */
  saveMany(changes: readonly BulkDecision<S>[]): Promise<{ readonly conflicts: readonly string[] }>
}

export interface Page {
  readonly limit: number
  /** Id of the last record of the page before. */
  readonly after?: string | undefined
}

export interface ObjectQuery {
  readonly regionCode: RegionCode
  readonly unitIds?: readonly string[]
  readonly kind?: ObjectKind | undefined
  readonly status?: ObjectStatus | undefined
  readonly objectCode?: string | undefined
}

export interface ObjectPool extends Records<CheckObject> {
  byCodes(codes: readonly string[]): Promise<readonly CheckObject[]>
  /** Objects of these units by the full names they bear now. */
  byNames(unitIds: readonly string[], names: readonly string[]): Promise<readonly CheckObject[]>
  page(query: ObjectQuery, page: Page): Promise<readonly CheckObject[]>
  count(query: ObjectQuery): Promise<number>
  /** How many of the active objects in the unit's pool bear tags, and when one of its objects last changed. */
  completeness(unitId: UnitId): Promise<{
    readonly total: number
    readonly active: number
    readonly tagged: number
    /** Active objects of which another unit says otherwise (DQ-10). */
    readonly disputed: number
    readonly updatedAt: Instant | undefined
  }>
  /** Enterprises of a region that were active at an instant. */
  countEnterprises(regionCode: RegionCode, at: Instant): Promise<number>
  /** Every object of the region that might fit one of the applicabilities, and some that do not, in order of id, beginning after one. */
  candidates(regionCode: RegionCode, applicabilities: readonly Applicability[], after?: string): AsyncIterable<CheckObject>
  /** The objects in the pool of a unit: its own, and those of others that it tagged (REG-29). */
  ofUnit(unitId: UnitId): AsyncIterable<CheckObject>
  /** Objects of the region and below, whatever their status. */
  inRegion(regionCode: RegionCode): AsyncIterable<CheckObject>
  /** Those whose record was ever merged or split, in order of id (DQ-05). */
  mergedOrSplit(regionCode: RegionCode, page: Page): Promise<readonly CheckObject[]>
}

export interface InspectorPool extends Records<Inspector> {
  ofUnits(unitIds: readonly string[]): AsyncIterable<Inspector>
  page(unitIds: readonly string[], page: Page): Promise<readonly Inspector[]>
}

export interface CreditRecords extends Records<CreditRecord> {
  /** By object id; objects without a result are left out. */
  ofObjects(objectIds: readonly string[]): Promise<ReadonlyMap<string, CreditRecord>>
}

export interface Units extends Records<Unit> {
  /** Units of the region and below. */
  inRegion(regionCode: RegionCode): Promise<readonly Unit[]>
  all(): Promise<readonly Unit[]>
}

export interface CheckItemLists extends Records<CheckItemList> {
  all(): Promise<readonly CheckItemList[]>
}

/** Proposals to change a list. */
export interface ItemProposals extends Records<ItemProposal> {
  /** Those about one list, in every status. */
  ofList(listId: string): Promise<readonly ItemProposal[]>
  /** Those a unit made, was sent or approves; all of a region and below without one. */
  page(query: ProposalQuery, page: Page): Promise<readonly ItemProposal[]>
}

export interface ProposalQuery {
  readonly regionCode: RegionCode
  readonly unitId?: UnitId
  /** The department whose approval proposals to its region may wait for. */
  readonly department?: string
  readonly status?: ProposalStatus | undefined
  readonly purpose?: ProposalPurpose | undefined
}

/** What items of lists are linked to, by `linksId`. */
export interface LinkRecords extends Records<ItemLinks> {
  ofList(listId: string): Promise<readonly ItemLinks[]>
}

export type YearlyChecks = Records<YearlyCheck>

/** A draw that was matched, and the year it counts for (REG-14). */
export interface MadeDraw {
  readonly drawId: string
  readonly regionCode: RegionCode
  readonly year: number
}

/** Draws that were made, as drawing told of them. */
export interface MadeDraws {
  /** Ids of the draws matched in a region and below in a year. */
  inYear(regionCode: RegionCode, year: number): Promise<readonly string[]>
}

/** Lists as offices published them, from the file to the version they became. */
export interface PublishedLists extends Records<PublishedList> {
  page(
    of: { readonly unitId?: UnitId; readonly regionCode: RegionCode; readonly listId?: string },
    page: Page,
  ): Promise<readonly PublishedList[]>
}

export interface Presets extends Records<PresetRecord> {
  all(): Promise<readonly PresetRecord[]>
}

export interface PolicyBindings extends Records<BindingRecord> {
  all(): Promise<readonly BindingRecord[]>
}

export type RoleBindings = Records<SubjectBindings>

/** Content-addressed bytes. */
export interface Blobs {
  put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string>
  get(digest: string): AsyncIterable<Uint8Array>
  bytes(digest: string): Promise<Uint8Array>
}

/** Encrypts what may not lie open in the store (SEC-04), under a key outside it. `purpose` is bound to the bytes. */
export interface Sealer {
  seal(bytes: Uint8Array, purpose: string): Uint8Array
  /** Throws when the bytes or the purpose are not those sealed. */
  open(sealed: Uint8Array, purpose: string): Uint8Array
}

/** A read of something sensitive (SEC-04): who, what, how much. */
export interface SensitiveRead {
  readonly what: 'openings' | 'match-inputs' | 'draw-key' | 'draw-file' | 'recusal-scope' | 'inspector-export'
  readonly id: string
  readonly count: number
  readonly subject: string
  readonly unitId: string
  readonly traceId: string
}

export type LogSensitiveRead = (read: SensitiveRead) => void

export type ImportKind =
  | 'units'
  | 'objects'
  | 'object-labels'
  | 'tags'
  | 'inspectors'
  | 'check-item-lists'
  | 'credit-results'
  | 'warnings'
  | 'reconciliation'
  | 'personnel'
  | 'rosters'
  | 'trial'

/** Media types of files. */
export type UploadType =
  | 'text/csv'
  | 'application/x-ndjson'
  | 'application/json'
  | 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export interface ImportRecord {
  readonly id: string
  readonly kind: ImportKind
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly by: string
  readonly at: Instant
  readonly fileDigest: string
  /** CSV where it is absent. */
  readonly fileType?: UploadType
  readonly reportDigest: string
  readonly counts: Readonly<Record<string, number>>
  /** Rows that were not rejected: a file of which nothing could be taken makes nothing fresher. */
  readonly accepted: number
  readonly source?: string
  readonly sourceAsOf?: Instant
}

export interface Imports {
  get(id: string): Promise<ImportRecord | undefined>
  put(record: ImportRecord): Promise<void>
  page(unitId: UnitId, page: Page): Promise<readonly ImportRecord[]>
  /** How many files a unit has loaded of a kind, and when last. */
  loads(unitId: UnitId, kind: ImportKind): Promise<{ readonly count: number; readonly last: ImportRecord | undefined }>
  /** The last import of any of the kinds with a good row in it, of one unit or for one of some regions, that was done by an instant. */
  lastBy(
    of: { readonly unitId: UnitId } | { readonly regionCodes: readonly RegionCode[] },
    kinds: readonly ImportKind[],
    notAfter: Instant,
  ): Promise<ImportRecord | undefined>
}

/** How far an import has come that may break off: its rows up to a line are done. */
export interface ImportCheckpoint {
  /** The import. */
  readonly id: string
  /** Of another file it says nothing. */
  readonly fileDigest: string
  readonly progress: RowProgress
}

export interface ImportCheckpoints {
  get(importId: string): Promise<ImportCheckpoint | undefined>
  put(checkpoint: ImportCheckpoint): Promise<void>
  remove(importId: string): Promise<void>
}

/** A frozen draw: what the snapshot was made of and where its files lie. Private files and the index are sealed. */
export interface FrozenDraw {
  readonly id: string
  readonly regionCode: RegionCode
  readonly asOf: Instant
  readonly requestDigest: string
  readonly items: readonly CheckItem[]
  readonly matchingUnitIds: readonly string[]
  readonly checkUntil: LocalDate
  readonly byGrade: boolean
  /** By policy, who was never trained is no candidate (REG-40). */
  readonly trainedOnly: boolean
  readonly policy: { readonly preset: string; readonly version: number; readonly digest: string }
  readonly snapshotJson: string
  /** How fresh the sources were at the snapshot (DQ-07). */
  readonly sources: readonly SourceFreshness[]
  readonly files: {
    readonly roster: string
    readonly index: string
    readonly objects: string
    readonly exclusions: string
    readonly repeats: string
  }
}

export interface FrozenDraws {
  get(drawId: string): Promise<FrozenDraw | undefined>
  /** Keeps the first draw of an id; false when there was one. */
  insert(draw: FrozenDraw): Promise<boolean>
  /** The sealed key of a draw: the one proposed, or the one that was there before. */
  keyOf(drawId: string, propose: () => Uint8Array): Promise<Uint8Array>
  knownKey(drawId: string): Promise<Uint8Array | undefined>
}

/** A work guideline (抽查工作指引) of a business line (REG-01). */
export interface Guideline {
  readonly id: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly businessLine: string
  readonly title: string
  readonly version: number
  readonly effectiveFrom: LocalDate
  readonly text: string
  readonly updatedAt: Instant
}

/** Small records without events. */
export interface Cards<T extends { readonly id: string; readonly regionCode: RegionCode }> {
  get(id: string): Promise<T | undefined>
  put(card: T): Promise<void>
  inRegion(regionCode: RegionCode): Promise<readonly T[]>
}

export type TagSchemes = Records<TagScheme>

export interface TagRules extends Records<TagRule> {
  all(): Promise<readonly TagRule[]>
  page(regionCode: RegionCode, page: Page): Promise<readonly Stored<TagRule>[]>
}

/** Work that one copy of the service at a time may take on. */
export interface Claims {
  /** Whether the job was free at `now`; it is the caller's until `until` or its release. */
  take(job: string, now: Instant, until: Instant): Promise<boolean>
  release(job: string): Promise<void>
}

/** How far background work has come. */
export interface Marks {
  get(job: string): Promise<string | undefined>
  set(job: string, mark: string): Promise<void>
}

/** Stored runs of scheduled reports: the trend (DQ-02). */
export interface ReportRuns {
  get(id: string): Promise<ReportRun | undefined>
  /** Keeps the first run of an id. */
  insert(run: ReportRun): Promise<void>
  /** Newest first; `after` is the id of the last run of the page before. */
  page(
    of: { readonly regionCode: RegionCode; readonly kind?: ReportKind | undefined; readonly subject?: string | undefined },
    page: Page,
  ): Promise<readonly ReportRun[]>
}

export type { ImportProblem }
