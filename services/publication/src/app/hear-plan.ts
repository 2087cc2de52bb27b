import type { Clock } from '@dual-random/kernel'
import { hearVersion, type PlanVersionHeard } from '../domain/published-plan.ts'
import type { PublishedPlans } from './ports.ts'

/** Keeps that a version of a plan was published: the sweep takes it to the channels (PLN-08), also after an adjustment (PLN-10). */
export async function hearPlan(
  { plans, systemClock }: { readonly plans: PublishedPlans; readonly systemClock: Clock },
  heard: PlanVersionHeard,
): Promise<void> {
  await plans.change(heard.planId, (plan) => hearVersion(plan, heard, systemClock()))
}
