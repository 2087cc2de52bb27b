import { chinaDateOf, type Instant, type RegionCode } from '@dual-random/kernel'
import { whiteListDraw, whiteListStratum } from '@dual-random/policy'
import type { Applicability } from '../domain/applicability.ts'
import type { CheckItem } from '../domain/check-item.ts'
import { regimeEffect } from '../domain/mapped-set.ts'
import { bitsOf, type MappedObject, objectMapper, poolHistogram } from '../domain/pool-histogram.ts'
import { membershipsAt } from '../domain/regime.ts'
import { type StrataField, strataFieldOf, stratifyingResultAt } from '../domain/stratifying-result.ts'
import type { GradeCount, PoolDeps } from './classified-members.ts'
import { ungradedStratum } from './gather-mapped-set.ts'
import { requireItems } from './items.ts'
import { policyIfBound } from './list-publishing.ts'

export interface PoolsAsked {
  readonly regionCode: RegionCode
  readonly asOf: Instant
  readonly sets: readonly (readonly string[])[]
}

export interface PoolCounts {
  /** In the order of the sets, each as `countPool` counts it alone. */
  readonly pools: readonly (readonly GradeCount[])[]
  readonly enterprises: number
}

const batchSize = 2000
/** Batches whose grades are looked up while the objects are read on. */
const batchesUnderWay = 4

/** What decides an object's stratum: the grade of the general result and of each professional field, and whether it is drawn among the white list. */
interface Classed {
  readonly general: string
  readonly byField: readonly string[]
  readonly isWhiteListed: boolean
}

/**
 * Counts many pools in one pass: of every object only what decides where it belongs is read, and sets that items of equal scope make share
 * the count. A plan of hundreds of lines costs what one line does.
 */
export async function countPools(deps: PoolDeps, { regionCode, asOf, sets }: PoolsAsked): Promise<PoolCounts> {
  const date = chinaDateOf(asOf)
  const codes = [...new Set(sets.flat())]
  const policy = await policyIfBound(deps.book, regionCode, date)
  const items = codes.length === 0 ? [] : await requireItems(deps.checkItemLists, regionCode, date, codes)
  const { applicabilities, placeOf } = scopesOf(items)
  const fields = policy?.find('draw.professionalStrata') ?? []
  const histogram = poolHistogram<Classed>(({ general, byField, isWhiteListed }) => JSON.stringify([general, byField, isWhiteListed]))
  const mapper = objectMapper(applicabilities, { regionCode, asOf })
  const readsEnterprises = applicabilities.some(isOpenToEnterprises)
  const counted = readsEnterprises ? undefined : deps.objects.countEnterprises(regionCode, asOf)
  const whiteList = policy && whiteListDraw(policy)
  const hasOwnStrata = whiteList?.effect === 'OWN_RATIO' && !(await deps.regimes.isEmpty())
  const regimes = { hasSandbox: policy?.find('sandbox') !== undefined, whiteList }

  const classify = async (members: readonly MappedObject[]): Promise<void> => {
    const ids = members.map(({ objectId }) => objectId)
    const [results, memberships] = await Promise.all([deps.credits.resultsOf(ids), hasOwnStrata ? deps.regimes.ofObjects(ids) : new Map()])
    for (const { objectId, fits } of members) {
      const record = results.get(objectId)
      const gradeIn = (field: StrataField | undefined): string => stratifyingResultAt(record, field, asOf)?.grade ?? ''
      histogram.add(fits, {
        general: gradeIn(undefined),
        byField: fields.map(gradeIn),
        isWhiteListed: hasOwnStrata && regimeEffect(membershipsAt(memberships.get(objectId), asOf), regimes)?.effect === 'OWN_STRATUM',
      })
    }
  }

  let enterprises = 0
  if (applicabilities.length > 0) {
    const underWay: Promise<void>[] = []
    let batch: MappedObject[] = []
    const hand = async (members: readonly MappedObject[]): Promise<void> => {
      const classifying = classify(members)
      // Awaited below; until then a failure is nobody's.
      classifying.catch(() => undefined)
      underWay.push(classifying)
      if (underWay.length >= batchesUnderWay) await underWay.shift()
    }
    try {
      for await (const object of deps.objects.countable(regionCode, applicabilities)) {
        if (readsEnterprises && mapper.isEnterprise(object)) enterprises++
        const member = mapper.mapped(object)
        if (member === undefined) continue
        batch.push(member)
        if (batch.length === batchSize) {
          await hand(batch)
          batch = []
        }
      }
      if (batch.length > 0) await hand(batch)
    } finally {
      // Whatever ends the pass, nothing goes on behind the answer.
      await Promise.allSettled(underWay)
    }
    await Promise.all(underWay)
  }
  const byCode = new Map<string, CheckItem>(items.map((item) => [item.code, item]))
  const poolOf = (set: readonly string[]): readonly GradeCount[] => {
    const own = set.flatMap((code) => byCode.get(code) ?? [])
    const field = fields.indexOf(strataFieldOf(fields, own) as StrataField)
    const counts = histogram.countOf(bitsOf(own.map(placeOf)), (classed) => gradeOf(classed, field))
    return [...counts].map(([grade, count]) => ({ grade, count })).sort((a, b) => (a.grade < b.grade ? -1 : 1))
  }
  return { pools: sets.map(poolOf), enterprises: counted === undefined ? enterprises : await counted }
}

function gradeOf({ general, byField, isWhiteListed }: Classed, field: number): string {
  const grade = byField[field] ?? general
  return isWhiteListed ? whiteListStratum(grade === '' ? ungradedStratum : grade) : grade
}

/** The distinct scopes of items, and which of them each item has. */
function scopesOf(items: readonly CheckItem[]) {
  const places = new Map<string, number>()
  const applicabilities: Applicability[] = []
  for (const { applicability } of items) {
    const key = keyOf(applicability)
    if (places.has(key)) continue
    places.set(key, applicabilities.length)
    applicabilities.push(applicability)
  }
  return { applicabilities, placeOf: ({ applicability }: CheckItem): number => places.get(keyOf(applicability)) as number }
}

const keyOf = ({ kinds, industryPrefixes, tags }: Applicability): string =>
  JSON.stringify([[...kinds].sort(), [...industryPrefixes].sort(), [...tags].sort()])

/** A pass for it reads every enterprise, and counts them on the way. */
const isOpenToEnterprises = ({ kinds, industryPrefixes, tags }: Applicability): boolean =>
  industryPrefixes.length === 0 && tags.length === 0 && kinds.includes('ENTERPRISE')
