import { appError } from '@dual-random/errors'
import { type OncePublishedVersion, type Plan, type PlanLine, publicVersion } from '../domain/plan.ts'
import { lineDigest } from '../domain/published-line.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'
import { noSuchPlan } from './access.ts'
import type { Ports } from './ports.ts'

export interface PublishedPlanLine {
  readonly plan: Plan
  readonly version: number
  readonly line: PlanLine
  readonly digest: string
}

export interface PublishedUndrawnLine {
  readonly plan: Plan
  readonly version: number
  readonly line: UndrawnLine
}

/**
 * The line a draw must match (PLN-11): of a version that is or was published only (PLN-28), so there is nothing to hide from any caller. Without a
 * number it is of the version in force.
 */
export async function publishedLineOf(
  ports: Pick<Ports, 'plans'>,
  planId: string,
  lineId: string,
  number?: number,
): Promise<PublishedPlanLine> {
  const { plan, version } = await publishedPlan(ports, planId, number)
  const line = version.lines.find((each) => each.lineId === lineId)
  if (line === undefined) throw notInPlan(lineId)
  return { plan, version: version.number, line, digest: lineDigest(plan, line) }
}

/** The line a check without a draw must match where it names one (PLN-11); of the version in force. */
export async function publishedUndrawnLineOf(ports: Pick<Ports, 'plans'>, planId: string, lineId: string): Promise<PublishedUndrawnLine> {
  const { plan, version } = await publishedPlan(ports, planId)
  const line = version.undrawn?.find((each) => each.lineId === lineId)
  if (line !== undefined) return { plan, version: version.number, line }
  if (version.lines.some((each) => each.lineId === lineId)) throw appError('failed-precondition', 'line-is-drawn', { meta: { lineId } })
  throw notInPlan(lineId)
}

async function publishedPlan(
  { plans }: Pick<Ports, 'plans'>,
  planId: string,
  number?: number,
): Promise<{ readonly plan: Plan; readonly version: OncePublishedVersion }> {
  const plan = await plans.load(planId)
  if (plan === undefined) throw noSuchPlan(planId)
  const version = publicVersion(plan, number)
  if (version === undefined) throw appError('failed-precondition', 'plan-not-published', { meta: { planId } })
  return { plan, version }
}

const notInPlan = (lineId: string) => appError('not-found', 'line-not-in-plan', { meta: { lineId } })
