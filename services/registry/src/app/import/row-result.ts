import type { ImportProblem, LinedRecord } from '@dual-random/tables'

/** What became of one row. */
export type RowResult =
  | { readonly line: number; readonly outcome: 'created' | 'changed' | 'unchanged' }
  | { readonly line: number; readonly outcome: 'rejected' | 'unmatched'; readonly problem: ImportProblem }

export type OutcomeCounts = Readonly<Record<RowResult['outcome'], number>>

/** A row with what makes it the same record as another. */
export interface KeyedRecord<T> extends LinedRecord<T> {
  readonly key: string
}

/** How far an import has come: every row up to `line` is applied. */
export interface RowProgress {
  readonly line: number
  /** Outcomes of the rows up to there, those of `refused` aside. */
  readonly counts: OutcomeCounts
  /** Lines whose rows were refused, as many as a report holds: they are applied again, because the report is to say why. */
  readonly refused: readonly number[]
}

/** More problems than a person corrects; what is beyond is only counted. */
export const reportLimit = 10_000

export const noOutcomes: OutcomeCounts = { created: 0, changed: 0, unchanged: 0, unmatched: 0, rejected: 0 }
