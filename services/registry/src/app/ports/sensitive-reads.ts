import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import type { Page } from './records.ts'

/** What is not public, and whose every read is on record. */
export const sensitiveThings = [
  'openings',
  'object-opening',
  'match-inputs',
  'match-facts',
  'draw-key',
  'draw-wrapped-key',
  'draw-file',
  'plan-candidates',
  'moved-objects',
  'recusal-scope',
  'recusal-scope-export',
  'inspector-export',
  'sensitive-reads',
] as const
export type SensitiveThing = (typeof sensitiveThings)[number]

/** Who reads, with the rights under which it was allowed. */
export interface Reader {
  readonly subject: string
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly roles: readonly string[]
}

/** One call that reads something sensitive (ACC-07, SEC-04). */
export interface SensitiveRead {
  readonly at: Instant
  readonly by: Reader
  readonly what: SensitiveThing
  /** Id of the draw, inspector, unit, candidates, plan or region that was read of. */
  readonly target: string
  /** Whose it is: who audits this region finds the read. */
  readonly regionCode: RegionCode
  /** How many labels were asked for, or rows, scopes or files there are to read; absent of a page of the record. */
  readonly count?: number
  readonly traceId: string
}

/** A read on record; ids ascend with the instants. */
export type RecordedRead = SensitiveRead & { readonly id: string }

export interface ReadsAsked {
  readonly regionCode: RegionCode
  readonly target: string | undefined
  readonly subject: string | undefined
}

/** Only ever added to. */
export interface SensitiveReads {
  /** Resolves when the store has it. */
  add(read: SensitiveRead): Promise<void>
  /** Of a region and those below it, newest first; `after` is an id. */
  page(asked: ReadsAsked, page: Page): Promise<readonly RecordedRead[]>
}
