import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import type { RowProgress } from '../import/row-result.ts'
import type { Page } from './records.ts'

export type ImportKind =
  | 'units'
  | 'objects'
  | 'object-labels'
  | 'tags'
  | 'inspectors'
  | 'check-item-lists'
  | 'key-supervision-lists'
  | 'credit-results'
  | 'credit-data'
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
