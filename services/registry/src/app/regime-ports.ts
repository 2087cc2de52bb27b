import type { LocalDate, RegionCode } from '@dual-random/kernel'
import type { RegimeKind, RegimeRecord } from '../domain/regime.ts'
import type { Page, Records } from './ports.ts'

export interface RegimeQuery {
  readonly regionCode: RegionCode
  readonly unitIds?: readonly string[]
  readonly kind?: RegimeKind | undefined
  /** Of whom a membership is in force on that day. */
  readonly inForceOn?: LocalDate | undefined
}

/** Who was ever under a special regime, one record an object, by its id. */
export interface Regimes extends Records<RegimeRecord> {
  /** By object id; objects that never were under one are left out. */
  ofObjects(objectIds: readonly string[]): Promise<ReadonlyMap<string, RegimeRecord>>
  /** Whether nobody ever was. */
  isEmpty(): Promise<boolean>
  /** In order of the object's id. */
  page(query: RegimeQuery, page: Page): Promise<readonly RegimeRecord[]>
}
