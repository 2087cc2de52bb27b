import type { PlanId } from '@dual-random/kernel'
import type { Plan } from '../../src/domain/plan.ts'
import type { PoolCount } from '../../src/domain/pool.ts'
import { city } from './lines.ts'

/** A pool of enterprises alone, or with so many of them among its objects as `enterprisesByGrade` says; the region has `enterprises` in all. */
export const poolOf = (
  byGrade: Readonly<Record<string, number>>,
  enterprises = 1000,
  enterprisesByGrade: Readonly<Record<string, number>> = byGrade,
): PoolCount => ({
  byGrade: new Map(Object.entries(byGrade)),
  enterprisesByGrade: new Map(Object.entries(enterprisesByGrade)),
  enterprises,
})

/** The plan whose lines are counted. */
export const countedPlan: Pick<Plan, 'planId' | 'planType' | 'regionCode'> = {
  planId: 'p1' as PlanId,
  planType: 'INTERNAL',
  regionCode: city,
}
