import { events } from '@dual-random/contracts'
import type { Clock, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { type EventHandler, handler } from '@dual-random/mongo'
import { hearPlan } from '../app/hear-plan.ts'
import type { PublishedPlans } from '../app/ports.ts'

/** A version of a plan is public in planning and owed to the channels. A closed plan stays there as it ended. */
export const onPlanPublished = (dependencies: { readonly plans: PublishedPlans; readonly systemClock: Clock }): EventHandler =>
  handler(events.planning.planPublished, async ({ planId, regionCode, unitId, planVersion, digest }) =>
    hearPlan(dependencies, {
      planId: planId as PlanId,
      regionCode: regionCode as RegionCode,
      unitId: unitId as UnitId,
      version: planVersion,
      digest,
    }),
  )
