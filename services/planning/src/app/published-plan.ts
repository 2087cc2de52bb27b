import { appError } from '@dual-random/errors'
import { type Plan, type PublishedVersion, publishedVersion } from '../domain/plan.ts'
import { noSuchPlan } from './access.ts'
import type { Names } from './plan-document.ts'
import { namesOf } from './plan-names.ts'
import type { Ports } from './ports.ts'

export interface NamedPublishedPlan {
  readonly plan: Plan
  readonly version: PublishedVersion
  readonly names: Names
}

/** The version in force, with the names by which the public knows its items and units (PLN-08). */
export async function namedPublishedPlan(ports: Pick<Ports, 'plans' | 'registry' | 'clock'>, planId: string): Promise<NamedPublishedPlan> {
  const plan = await ports.plans.load(planId)
  if (plan === undefined) throw noSuchPlan(planId)
  const version = publishedVersion(plan)
  if (version === undefined) throw appError('failed-precondition', 'plan-not-published', { meta: { planId } })
  return { plan, version, names: await namesOf(ports, plan, version) }
}
