import { requireRegion, requireUnit } from '@dual-random/auth'
import { invalidRequest, violation } from '@dual-random/errors'
import type { RegionCode, UnitId } from '@dual-random/kernel'
import { decide } from '../domain/decide.ts'
import { selectionProblems } from '../domain/line-units.ts'
import { type Plan, type PlanType, planIdOf, type Selection } from '../domain/plan.ts'
import { lineFailure, orThrow, planFailure } from './failures.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

export interface DraftPlanRequest {
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly year: number
  readonly planType: PlanType
  readonly selection?: Selection
  readonly rationale?: string
}

/** Drafts the plan of a unit, year and type under the policy in force (PLN-01 to PLN-03, POL-05); an existing one is answered as it is. */
export async function draftPlan(
  ports: Ports,
  request: DraftPlanRequest,
  caller: Caller,
): Promise<{ readonly plan: Plan; readonly created: boolean }> {
  const { regionCode, unitId, year, planType, selection, rationale } = request
  requireRegion(caller.principal, regionCode)
  requireUnit(caller.principal, unitId)
  const header = { regionCode, unitId, year, planType }
  const planId = planIdOf(header)
  const existing = await ports.plans.load(planId)
  if (existing !== undefined) return { plan: existing, created: false }
  const now = ports.clock()
  const { policy, digest } = await ports.registry.policyAt(regionCode, ruleDate(year, now), caller.context)
  await requireKnownUnit(ports, request, policy, caller)
  await ports.policies.keep(digest, policy)
  const command = {
    type: 'draft',
    header,
    policy: { preset: policy.id.preset, version: String(policy.id.version) },
    policyDigest: digest,
    ...(selection === undefined ? {} : { selection }),
    ...(rationale === undefined ? {} : { rationale }),
    act: { by: caller.principal.subject, at: now },
  } as const
  const plan = await ports.plans.change(planId, (current) => orThrow(decide(current, command), planFailure(planId)))
  return { plan, created: true }
}

async function requireKnownUnit(
  { registry }: Ports,
  { regionCode, unitId, selection }: DraftPlanRequest,
  policy: Parameters<typeof selectionProblems>[2]['policy'],
  { context }: Caller,
): Promise<void> {
  const units = new Map<string, Awaited<ReturnType<typeof registry.units>>[number]>()
  for (const unit of await registry.units(regionCode, context)) units.set(unit.unitId, unit)
  if (!units.has(unitId)) throw invalidRequest([violation('/unitId', 'unit-unknown', { unitId })])
  if (selection === undefined) return
  const problems = selectionProblems(selection, unitId, { policy, units }, '/selection')
  if (problems.length > 0) throw lineFailure([{ base: '', problems }], policy.id.preset)
}
