import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { PublishedPlan } from '../domain/published-plan.ts'
import type { Page, PublishedPlanQuery, PublishedPlans } from './ports.ts'
import { scopeOf } from './read-records.ts'

/** Published plans of the own unit, or of the region and below for overseers. */
export const listPublishedPlans = (
  plans: PublishedPlans,
  principal: Principal,
  query: Omit<PublishedPlanQuery, 'scope'>,
  page: Page,
): Promise<readonly PublishedPlan[]> => plans.list({ ...query, scope: scopeOf(principal) }, page)

/** Throws `published-plan-unknown` where nothing was heard of the plan. */
export async function readPublishedPlan(plans: PublishedPlans, principal: Principal, planId: string): Promise<PublishedPlan> {
  const plan = await plans.load(planId)
  if (plan === undefined) throw appError('not-found', 'published-plan-unknown', { meta: { planId } })
  if ('unitId' in scopeOf(principal)) requireUnit(principal, plan.unitId)
  else requireRegion(principal, plan.regionCode)
  return plan
}
