import type { Formula, Measures } from '../domain/indicators.ts'

/** The counts of a region and what lies below it, for a year, as of a date. */
export type CountMeasures = (regionCode: string, year: number, asOf: string) => Promise<Measures>

/** The formulas in force in a region. */
export type FindFormulas = (regionCode: string) => Promise<readonly Formula[]>

export interface Snapshot {
  readonly snapshotId: string
  readonly regionCode: string
  readonly unitId: string
  readonly year: number
  readonly computedAt: string
  readonly indicators: readonly {
    readonly code: string
    readonly numerator: number
    readonly denominator: number
    readonly formulaVersion: string
  }[]
}

/** Stores a snapshot with its event; does nothing for one that exists. */
export type KeepSnapshot = (snapshot: Snapshot) => Promise<void>
