import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import type { ImportKind, UploadType } from './ports.ts'

/** A file that a unit put into the store, to be imported by its key. */
export interface StoredFile {
  /** Unit and digest. */
  readonly id: string
  readonly unitId: UnitId
  /** SHA-256 of its bytes in lower-case hex: its address in the store, and the key by which an import names it. */
  readonly digest: string
  readonly type: UploadType
  readonly bytes: number
  readonly by: string
  readonly at: Instant
}

export interface StoredFiles {
  get(id: string): Promise<StoredFile | undefined>
  put(file: StoredFile): Promise<void>
}

/** An import that has not ended well: how far it has come, or why it stopped. */
export interface ImportRun {
  /** The import. */
  readonly id: string
  readonly kind: ImportKind
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly by: string
  readonly fileDigest: string
  readonly startedAt: Instant
  /** When this was noted last, in real time. */
  readonly updatedAt: Instant
  readonly rows: {
    /** Rows read so far. */
    readonly received: number
    /** Rows of the last checkpoint that made a record or a version. */
    readonly written: number
    readonly unchanged: number
    /** Rows that were refused or matched no object, those read since the last checkpoint as far as reading them told. */
    readonly rejected: number
  }
  /** The code of what it failed with. */
  readonly failure?: string
}

export interface ImportRuns {
  get(importId: string): Promise<ImportRun | undefined>
  put(run: ImportRun): Promise<void>
  remove(importId: string): Promise<void>
  /** Newest first, at most a hundred. */
  ofUnit(unitId: UnitId): Promise<readonly ImportRun[]>
}
