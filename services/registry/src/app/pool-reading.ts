import { chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import { whiteListStratum } from '@dual-random/policy'
import type { CheckItem } from '../domain/check-item.ts'
import type { StratumResult } from '../domain/credit-result.ts'
import { itemScopes } from '../domain/item-scopes.ts'
import { appliedItems, codesOf, type ItemSet } from '../domain/item-set.ts'
import { objectMapper } from '../domain/pool-histogram.ts'
import { type StrataField, strataFieldOf, stratifyingResultAt } from '../domain/stratifying-result.ts'
import type { PoolDeps } from './classified-members.ts'
import { ungradedStratum } from './gather-mapped-set.ts'
import { requireItems } from './items.ts'
import { policyIfBound } from './list-publishing.ts'

export interface PoolsAsked {
  readonly regionCode: RegionCode
  readonly asOf: Instant
  readonly sets: readonly ItemSet[]
}

/** What decides in which stratum of any set an object is counted: the grade of the general result and of each professional field, and whether it is drawn among the white list. */
export interface Classed {
  readonly general: string
  readonly byField: readonly string[]
  readonly isWhiteListed: boolean
}

/** What counting many pools goes by as of an instant: the items and the policy in force, and what of an object they look at. Sets that items of equal scope make share what fits. */
export async function poolReading(
  { checkItemLists, book }: Pick<PoolDeps, 'checkItemLists' | 'book'>,
  { regionCode, asOf, sets }: PoolsAsked,
) {
  const date = chinaDateOf(asOf)
  const codes = [...new Set(sets.flatMap(codesOf))]
  const policy = await policyIfBound(book, regionCode, date)
  const items = codes.length === 0 ? [] : await requireItems(checkItemLists, regionCode, date, codes)
  const byCode = new Map<string, CheckItem>(items.map((item) => [item.code, item]))
  const applied = sets.map((set) => appliedItems(set, byCode))
  const { applicabilities, bitsOf } = itemScopes(applied.flat())
  const fields = policy?.find('draw.professionalStrata') ?? []
  return {
    asOf,
    policy,
    applicabilities,
    mapper: objectMapper(applicabilities, { regionCode, asOf }),
    /** Of each set the scopes that belong to it, as bits, and the place of the field that builds its strata. */
    sets: applied.map((own) => ({ bits: bitsOf(own), field: fields.indexOf(strataFieldOf(fields, own) as StrataField) })),
    classOf: (record: { readonly results: readonly StratumResult[] } | undefined, isWhiteListed: boolean): Classed => {
      const gradeIn = (field: StrataField | undefined): string => stratifyingResultAt(record, field, asOf)?.grade ?? ''
      return { general: gradeIn(undefined), byField: fields.map(gradeIn), isWhiteListed }
    },
  }
}

/** The grade under which a set is counted whose strata go by the field at that place: the general one where there is no such field. */
export function gradeOf({ general, byField, isWhiteListed }: Classed, field: number): string {
  const grade = byField[field] ?? general
  return isWhiteListed ? whiteListStratum(grade === '' ? ungradedStratum : grade) : grade
}
