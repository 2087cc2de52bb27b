import { type Ratio, ratioOf } from '@dual-random/kernel'
import type { PlanFigures } from './figures.ts'
import { type Plan, type PlanLine, type PlanState, type PlanType, planState, publishedVersion, standingVersion } from './plan.ts'
import { sum } from './pool.ts'

export interface JointShare {
  readonly joint: number
  readonly internal: number
  /** Absent of nothing. */
  readonly jointShare?: Ratio
}

/** Joint and single-department tasks and objects of a year (PLN-17). A task is a planned batch of a line. */
export interface JointShares {
  readonly tasks: JointShare
  readonly objects: JointShare
}

/** What one plan adds; by unit and type, which stay the same from year to year. */
export interface SharingPlan {
  readonly planId: string
  readonly unitId: string
  readonly planType: PlanType
  readonly tasks: number
  readonly objects: number
}

/** A plan that is not in force: it adds nothing. */
export interface UnpublishedPlan extends Omit<SharingPlan, 'objects'> {
  readonly state: PlanState
  /** Absent before filing, when no quantity is known. */
  readonly objects?: number
}

export interface SharesOfYear extends JointShares {
  readonly plans: readonly SharingPlan[]
  readonly drafts: readonly UnpublishedPlan[]
}

/** Of what is published; whatever else stands is told apart. */
export function jointShares(plans: readonly Plan[]): SharesOfYear {
  const published = plans.flatMap((plan): readonly SharingPlan[] => {
    const version = publishedVersion(plan)
    return version === undefined ? [] : [{ ...headOf(plan, version.lines), objects: objectsOf(version.figures) ?? 0 }]
  })
  const drafts = plans.flatMap((plan): readonly UnpublishedPlan[] => {
    if (publishedVersion(plan) !== undefined) return []
    const { lines, figures } = standingVersion(plan)
    const objects = objectsOf(figures)
    return [{ ...headOf(plan, lines), state: planState(plan), ...(objects === undefined ? {} : { objects }) }]
  })
  const of = (planType: PlanType, count: (plan: SharingPlan) => number): number =>
    sum(published.filter((plan) => plan.planType === planType).map(count))
  const share = (count: (plan: SharingPlan) => number): JointShare => shareOf(of('JOINT', count), of('INTERNAL', count))
  return { tasks: share(({ tasks }) => tasks), objects: share(({ objects }) => objects), plans: published, drafts }
}

const headOf = ({ planId, unitId, planType }: Plan, lines: readonly PlanLine[]) => ({
  planId,
  unitId,
  planType,
  tasks: sum(lines.map(({ batches }) => batches.length)),
})

const objectsOf = (figures: PlanFigures | undefined): number | undefined => figures?.planned

const shareOf = (joint: number, internal: number): JointShare => ({
  joint,
  internal,
  ...(joint + internal === 0 ? {} : { jointShare: ratioOf(joint, joint + internal) }),
})
