import { chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import { whiteListStratum } from '@dual-random/policy'
import type { Applicability } from '../domain/applicability.ts'
import type { CheckItem } from '../domain/check-item.ts'
import { itemScopes } from '../domain/item-scopes.ts'
import { type AppliedItem, appliedItems, codesOf, type ItemSet } from '../domain/item-set.ts'
import { type CountedObject, objectMapper, poolHistogram } from '../domain/pool-histogram.ts'
import { type StrataField, strataFieldOf, stratifyingResultAt } from '../domain/stratifying-result.ts'
import type { GradeCount, PoolDeps } from './classified-members.ts'
import { ungradedStratum } from './gather-mapped-set.ts'
import { requireItems } from './items.ts'
import { policyIfBound } from './list-publishing.ts'
import { poolPass } from './pool-pass.ts'

export interface PoolsAsked {
  readonly regionCode: RegionCode
  readonly asOf: Instant
  readonly sets: readonly ItemSet[]
}

export interface PoolCounts {
  /** In the order of the sets, each as `countPool` counts it alone. */
  readonly pools: readonly (readonly GradeCount[])[]
  readonly enterprises: number
}

/** What decides where an object is counted: the grade of the general result and of each professional field, whether it is drawn among the white list, and whether the yearly floor counts it. */
interface Classed {
  readonly general: string
  readonly byField: readonly string[]
  readonly isWhiteListed: boolean
  readonly isEnterprise: boolean
}

/**
 * Counts many pools in one pass: of every object only what decides where it belongs is read, and sets that items of equal scope make share
 * the count. A plan of hundreds of lines costs what one line does.
 */
export async function countPools(deps: PoolDeps, { regionCode, asOf, sets }: PoolsAsked): Promise<PoolCounts> {
  const date = chinaDateOf(asOf)
  const codes = [...new Set(sets.flatMap(codesOf))]
  const policy = await policyIfBound(deps.book, regionCode, date)
  const items = codes.length === 0 ? [] : await requireItems(deps.checkItemLists, regionCode, date, codes)
  const byCode = new Map<string, CheckItem>(items.map((item) => [item.code, item]))
  const applied = sets.map((set) => appliedItems(set, byCode))
  const { applicabilities, bitsOf } = itemScopes(applied.flat())
  const fields = policy?.find('draw.professionalStrata') ?? []
  const histogram = poolHistogram<Classed>(({ general, byField, isWhiteListed, isEnterprise }) =>
    JSON.stringify([general, byField, isWhiteListed, isEnterprise]),
  )
  const mapper = objectMapper(applicabilities, { regionCode, asOf })
  const readsEnterprises = applicabilities.some(isOpenToEnterprises)
  const counted = readsEnterprises ? undefined : deps.objects.countEnterprises(regionCode, asOf)
  // Awaited below; until then a failure is nobody's.
  counted?.catch(() => undefined)

  let enterprises = 0
  if (applicabilities.length > 0) {
    const objects = deps.objects.countable(regionCode, applicabilities)
    const fitsOf = (object: CountedObject): bigint | undefined => {
      if (readsEnterprises && mapper.isEnterprise(object)) enterprises++
      return mapper.fits(object)
    }
    for await (const members of poolPass(deps, { objects, fitsOf, policy, asOf })) {
      for (const { object, fits, record, isWhiteListed } of members) {
        const gradeIn = (field: StrataField | undefined): string => stratifyingResultAt(record, field, asOf)?.grade ?? ''
        const isEnterprise = mapper.isOfEnterprises(object)
        histogram.add(fits, { general: gradeIn(undefined), byField: fields.map(gradeIn), isWhiteListed, isEnterprise })
      }
    }
  }
  const poolOf = (own: readonly AppliedItem[]): readonly GradeCount[] => {
    const field = fields.indexOf(strataFieldOf(fields, own) as StrataField)
    const counts = histogram.countOf(bitsOf(own), (classed) => gradeOf(classed, field))
    return [...counts].map(([grade, ofGrade]) => ({ grade, ...ofGrade })).sort((a, b) => (a.grade < b.grade ? -1 : 1))
  }
  return { pools: applied.map(poolOf), enterprises: counted === undefined ? enterprises : await counted }
}

function gradeOf({ general, byField, isWhiteListed }: Classed, field: number): string {
  const grade = byField[field] ?? general
  return isWhiteListed ? whiteListStratum(grade === '' ? ungradedStratum : grade) : grade
}

/** A pass for it reads every enterprise, and counts them on the way. */
const isOpenToEnterprises = ({ kinds, industryPrefixes, tags }: Applicability): boolean =>
  industryPrefixes.length === 0 && tags.length === 0 && kinds.includes('ENTERPRISE')
