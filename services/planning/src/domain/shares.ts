import { type Ratio, ratioOf } from '@dual-random/kernel'
import type { PlanFigures } from './figures.ts'
import type { PlanLine, PlanType } from './plan.ts'

/** The standing version of a plan of the year. */
export interface PlanOfYear {
  readonly planType: PlanType
  readonly lines: readonly PlanLine[]
  /** Absent before filing, when no quantity is known. */
  readonly figures?: PlanFigures
}

/** Joint and single-department tasks and objects of a year (PLN-17); a share of nothing is absent. */
export interface JointShares {
  readonly tasks: { readonly joint: number; readonly internal: number; readonly jointShare?: Ratio }
  readonly objects: { readonly joint: number; readonly internal: number; readonly jointShare?: Ratio }
}

/** A task here is a planned batch of a line. */
export function jointShares(plans: readonly PlanOfYear[]): JointShares {
  const of = (planType: PlanType, countOf: (plan: PlanOfYear) => number): number =>
    plans.filter((plan) => plan.planType === planType).reduce((sum, plan) => sum + countOf(plan), 0)
  const tasks = ({ lines }: PlanOfYear): number => lines.reduce((sum, { batches }) => sum + batches.length, 0)
  const objects = ({ figures }: PlanOfYear): number => figures?.planned ?? 0
  return {
    tasks: shareOf(of('JOINT', tasks), of('INTERNAL', tasks)),
    objects: shareOf(of('JOINT', objects), of('INTERNAL', objects)),
  }
}

const shareOf = (joint: number, internal: number): JointShares['tasks'] => ({
  joint,
  internal,
  ...(joint + internal === 0 ? {} : { jointShare: ratioOf(joint, joint + internal) }),
})
