import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import type { Applicability } from '../../domain/applicability.ts'
import type { CheckObject, ObjectKind, ObjectStatus } from '../../domain/check-object.ts'
import type { CreditRecord, StratumResult } from '../../domain/credit-result.ts'
import type { Inspector } from '../../domain/inspector.ts'
import type { CodedObject, CountedObject } from '../../domain/pool-histogram.ts'
import type { CountedInspector } from '../../domain/staff.ts'
import type { Unit } from '../../domain/unit.ts'
import type { Page, Records } from './records.ts'

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
  /**
   * Every object of the region that might fit one of the applicabilities, and some that do not. All of them come in no order, as ordering a
   * million takes the store longer than it may be silent; with `wanted`, how many will do if all of them fit, they come by id after one.
   */
  candidates(
    regionCode: RegionCode,
    applicabilities: readonly Applicability[],
    reading?: { readonly after: string | undefined; readonly wanted: number },
  ): AsyncIterable<CheckObject>
  /** The same candidates in no order, as far as counting looks at them; with `unitIds` those that are in one of their pools now. */
  countable(regionCode: RegionCode, applicabilities: readonly Applicability[], unitIds?: readonly string[]): AsyncIterable<CountedObject>
  /** The same with their codes. */
  coded(regionCode: RegionCode, applicabilities: readonly Applicability[]): AsyncIterable<CodedObject>
  /** The objects in the pool of a unit: its own, and those of others that it tagged (REG-29). */
  ofUnit(unitId: UnitId): AsyncIterable<CheckObject>
  /** Objects of the region and below, whatever their status. */
  inRegion(regionCode: RegionCode): AsyncIterable<CheckObject>
  /** Those whose record was ever merged or split, in order of id (DQ-05). */
  mergedOrSplit(regionCode: RegionCode, page: Page): Promise<readonly CheckObject[]>
}

export interface InspectorPool extends Records<Inspector> {
  /** Those who are, or were before a transfer, in the pools of the units. */
  everOfUnits(unitIds: readonly string[]): AsyncIterable<Inspector>
  ofUnits(unitIds: readonly string[]): AsyncIterable<Inspector>
  /** The same in no order, as far as counting looks at them. */
  countable(unitIds: readonly string[]): AsyncIterable<CountedInspector>
  page(unitIds: readonly string[], page: Page): Promise<readonly Inspector[]>
}

export interface CreditRecords extends Records<CreditRecord> {
  /** By object id; objects without a result are left out. */
  ofObjects(objectIds: readonly string[]): Promise<ReadonlyMap<string, CreditRecord>>
  /** The same with what of each result decides a stratum, and no more. */
  resultsOf(objectIds: readonly string[]): Promise<ReadonlyMap<string, { readonly results: readonly StratumResult[] }>>
}

export interface Units extends Records<Unit> {
  /** Units of the region and below. */
  inRegion(regionCode: RegionCode): Promise<readonly Unit[]>
  all(): Promise<readonly Unit[]>
}
