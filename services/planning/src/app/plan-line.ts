import { appError } from '@dual-random/errors'
import { type Plan, type PlanLine, publishedVersion } from '../domain/plan.ts'
import { lineDigest } from '../domain/published-line.ts'
import { noSuchPlan } from './access.ts'
import type { Ports } from './ports.ts'

export interface PublishedPlanLine {
  readonly plan: Plan
  readonly version: number
  readonly line: PlanLine
  readonly digest: string
}

/** The line a draw must match (PLN-11): of the published version only (PLN-28), so there is nothing to hide from any caller. */
export async function publishedLineOf(ports: Pick<Ports, 'plans'>, planId: string, lineId: string): Promise<PublishedPlanLine> {
  const plan = await ports.plans.load(planId)
  if (plan === undefined) throw noSuchPlan(planId)
  const version = publishedVersion(plan)
  if (version === undefined) throw appError('failed-precondition', 'plan-not-published', { meta: { planId } })
  const line = version.lines.find((each) => each.lineId === lineId)
  if (line === undefined) throw appError('not-found', 'line-not-in-plan', { meta: { lineId } })
  return { plan, version: version.number, line, digest: lineDigest(plan, line) }
}
