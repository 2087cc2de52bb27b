import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import type { ScopedItems } from '../../domain/item-set.ts'

/** Who could be drawn by lines of a plan, on one set of items, when the plan was settled (CRD-21). The lines lie sealed in a file; here is what they are of. */
export interface PlanCandidates {
  /** Of plan, region, items and instant, so that the same question has one answer. */
  readonly id: string
  readonly planId: string
  readonly regionCode: RegionCode
  readonly itemCodes: readonly string[]
  /** Items within scopes of their own; absent where there are none. */
  readonly scoped?: readonly ScopedItems[]
  readonly asOf: Instant
  readonly unitId: UnitId
  /** By the grade that puts them into their stratum; the empty grade counts those without one. */
  readonly byGrade: readonly { readonly grade: string; readonly count: number; readonly enterprises: number }[]
  /** SHA-256 of the lines in the order they were kept. */
  readonly digest: string
  readonly blob: string
  readonly keptBy: string
  readonly keptAt: Instant
}

export interface PlanCandidatesStore {
  get(id: string): Promise<PlanCandidates | undefined>
  /** By id; those that are not kept are left out. */
  getMany(ids: readonly string[]): Promise<ReadonlyMap<string, PlanCandidates>>
  /** Keeps the first of each id. */
  insertMissing(candidates: readonly PlanCandidates[]): Promise<void>
}
