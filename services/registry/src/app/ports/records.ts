import type { RegionCode, UnitId } from '@dual-random/kernel'
import type { RegistryEvent } from '../../domain/events.ts'

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

/** Small records without events. */
export interface Cards<T extends { readonly id: string; readonly regionCode: RegionCode }> {
  get(id: string): Promise<T | undefined>
  put(card: T): Promise<void>
  inRegion(regionCode: RegionCode): Promise<readonly T[]>
}
