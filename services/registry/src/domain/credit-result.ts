import type { Instant, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import type { Recorded } from './check-object.ts'
import type { CreditEntry } from './credit-entry.ts'
import { isBetter } from './source.ts'
import type { Origin } from './versions.ts'

export type CreditSource = 'GENERAL_RESULT' | 'PROFESSIONAL_RESULT'

/** One classification result with the load that brought it. `field` is empty for the general result. */
export interface CreditResult extends Origin {
  readonly source: CreditSource
  readonly field: string
  readonly grade: string
  readonly asOf: Instant
  readonly recordedAt: Instant
}

/** What of a result decides a stratum. */
export type StratumResult = Pick<CreditResult, 'source' | 'field' | 'grade' | 'asOf' | 'recordedAt'>

/** Whose record it is. */
export interface CreditSubject {
  readonly objectId: ObjectId
  readonly regionCode: RegionCode
  readonly unitId: UnitId
}

/** All results of one object: professional ones beside the general one, older ones beside newer ones (CRD-02). */
export interface CreditRecord extends CreditSubject {
  readonly results: readonly CreditResult[]
  /** What the credit module collected of a market subject (CRD-19); absent where there is nothing. */
  readonly entries?: readonly CreditEntry[]
}

const sameMatter = (a: CreditResult, b: CreditResult): boolean => a.source === b.source && a.field === b.field && a.asOf === b.asOf

/** Adds a result; the same grade of the same matter and as-of again is no change, another grade is a correction that stands beside, and so does the grade as a better source gives it (DQ-10). */
export function recordResult(current: CreditRecord | undefined, subject: CreditSubject, result: CreditResult): Recorded<CreditRecord> {
  if (current === undefined) return { outcome: 'created', written: true, state: { ...subject, results: [result] } }
  const place = current.results.findLastIndex((each) => sameMatter(each, result))
  const known = current.results[place]
  if (known?.grade !== result.grade || isBetter(result, known))
    return { outcome: 'changed', written: true, state: { ...current, results: [...current.results, result] } }
  const outcome = known.importId !== result.importId ? 'unchanged' : place === 0 ? 'created' : 'changed'
  return { outcome, written: false, state: current }
}

/** The last correction of each matter at each as-of, in the order they first came: what a push would have to say to make this record. */
export function lastOfEachMatter(record: CreditRecord | undefined): readonly CreditResult[] {
  const last = new Map<string, CreditResult>()
  for (const result of record?.results ?? []) last.set(`${result.source} ${result.asOf} ${result.field}`, result)
  return [...last.values()]
}

/** The general result that counted at an instant (CRD-21). */
export const generalResultAt = <R extends StratumResult>(
  record: { readonly results: readonly R[] } | undefined,
  at: Instant,
): R | undefined => resultAt(record, { source: 'GENERAL_RESULT', field: '' }, at)

/** What counted at an instant: the general result, and beside it the professional one of each field, in order of the field (CRD-02). */
export function standingAt(
  record: CreditRecord | undefined,
  at: Instant,
): { readonly general: CreditResult | undefined; readonly professional: readonly CreditResult[] } {
  const professional = (record?.results ?? []).filter(({ source }) => source === 'PROFESSIONAL_RESULT')
  const fields = [...new Set(professional.map(({ field }) => field))].sort()
  return {
    general: generalResultAt(record, at),
    professional: fields.flatMap((field) => resultAt(record, { source: 'PROFESSIONAL_RESULT', field }, at) ?? []),
  }
}

/** The result of a matter that counted at an instant: recorded by then, of the latest as-of, the last correction of it. */
export function resultAt<R extends StratumResult>(
  record: { readonly results: readonly R[] } | undefined,
  { source, field }: Pick<CreditResult, 'source' | 'field'>,
  at: Instant,
): R | undefined {
  let found: R | undefined
  for (const result of record?.results ?? []) {
    if (result.source !== source || result.field !== field || result.recordedAt > at || result.asOf > at) continue
    if (found === undefined || result.asOf >= found.asOf) found = result
  }
  return found
}
