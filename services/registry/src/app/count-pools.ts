import type { Applicability } from '../domain/applicability.ts'
import { type CountedObject, poolHistogram } from '../domain/pool-histogram.ts'
import type { GradeCount, PoolDeps } from './classified-members.ts'
import { poolPass } from './pool-pass.ts'
import { type Classed, gradeOf, type PoolsAsked, poolReading } from './pool-reading.ts'

export interface PoolCounts {
  /** In the order of the sets, each as `countPool` counts it alone. */
  readonly pools: readonly (readonly GradeCount[])[]
  readonly enterprises: number
}

/** With whether the yearly floor counts it. */
interface CountedClass extends Classed {
  readonly isEnterprise: boolean
}

/**
 * Counts many pools in one pass: of every object only what decides where it belongs is read, and sets that items of equal scope make share
 * the count. A plan of hundreds of lines costs what one line does.
 */
export async function countPools(deps: PoolDeps, asked: PoolsAsked): Promise<PoolCounts> {
  const { regionCode, asOf } = asked
  const { applicabilities, mapper, policy, sets, classOf } = await poolReading(deps, asked)
  const histogram = poolHistogram<CountedClass>(({ general, byField, isWhiteListed, isEnterprise }) =>
    JSON.stringify([general, byField, isWhiteListed, isEnterprise]),
  )
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
    for await (const members of poolPass(deps, { objects, fitsOf, instants: [{ policy, asOf }] })) {
      for (const {
        object,
        fits,
        record,
        isWhiteListed: [isWhiteListed = false],
      } of members)
        histogram.add(fits, { ...classOf(record, isWhiteListed), isEnterprise: mapper.isOfEnterprises(object) })
    }
  }
  const pools = sets.map(({ bits, field }): readonly GradeCount[] => {
    const counts = histogram.countOf(bits, (classed) => gradeOf(classed, field))
    return [...counts].map(([grade, ofGrade]) => ({ grade, ...ofGrade })).sort((a, b) => (a.grade < b.grade ? -1 : 1))
  })
  return { pools, enterprises: counted === undefined ? enterprises : await counted }
}

/** A pass for it reads every enterprise, and counts them on the way. */
const isOpenToEnterprises = ({ kinds, industryPrefixes, tags }: Applicability): boolean =>
  industryPrefixes.length === 0 && tags.length === 0 && kinds.includes('ENTERPRISE')
