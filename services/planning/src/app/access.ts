import { requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { Plan } from '../domain/plan.ts'
import type { Caller, Ports } from './ports.ts'

export const noSuchPlan = (planId: string) => appError('not-found', 'not-found', { meta: { what: '计划', id: planId } })

/** A plan the caller may read: of the caller's region or below. */
export async function readablePlan({ plans }: Pick<Ports, 'plans'>, planId: string, { principal }: Caller): Promise<Plan> {
  const plan = await plans.load(planId)
  if (plan === undefined) throw noSuchPlan(planId)
  requireRegion(principal, plan.regionCode)
  return plan
}

/** A plan the caller may change: of the caller's own unit. */
export async function ownPlan(ports: Pick<Ports, 'plans'>, planId: string, caller: Caller): Promise<Plan> {
  const plan = await readablePlan(ports, planId, caller)
  requireUnit(caller.principal, plan.unitId)
  return plan
}
