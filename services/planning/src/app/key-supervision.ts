import { requireRegion } from '@dual-random/auth'
import type { RegionCode } from '@dual-random/kernel'
import { type MatterReport, matterReports, type PlacedKeyLine, type SupervisionGaps, supervisionGaps } from '../domain/key-coverage.ts'
import { ownPartOf } from '../domain/line-cities.ts'
import { type Plan, standingVersion } from '../domain/plan.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

const keyLinesOf = (plans: readonly Plan[]): readonly PlacedKeyLine[] =>
  plans.flatMap((plan) =>
    (standingVersion(plan).undrawn ?? []).filter(({ kind }) => kind === 'KEY_SUPERVISION').map((line) => ({ planId: plan.planId, line })),
  )

const plansOf = async ({ plans }: Ports, regionCode: RegionCode, year: number): Promise<readonly Plan[]> =>
  (await plans.all({ regionCode, year })).filter((plan) => plan.regionCode === regionCode)

/** How each matter under key supervision is planned and how far it is checked, by the attributes that policy has (TGT-05). */
export async function keySupervisionOf(
  ports: Ports,
  regionCode: RegionCode,
  year: number,
  caller: Caller,
): Promise<readonly MatterReport[]> {
  requireRegion(caller.principal, regionCode)
  const on = ruleDate(year, ports.clock())
  const [{ policy }, matters, plans] = await Promise.all([
    ports.registry.policyAt(regionCode, on, caller.context),
    ports.registry.keyMatters(regionCode, on, { countObjects: true }, caller.context),
    plansOf(ports, regionCode, year),
  ])
  const lines = keyLinesOf(plans)
  const checks = await ports.lineChecks.ofPlans([...new Set(lines.map(({ planId }) => planId))])
  return matterReports(matters, lines, checks, policy.find('keySupervision.attributes') ?? [])
}

/** Items and matters that the plans of a year cover by neither way (TGT-23). */
export async function supervisionGapsOf(ports: Ports, regionCode: RegionCode, year: number, caller: Caller): Promise<SupervisionGaps> {
  requireRegion(caller.principal, regionCode)
  const on = ruleDate(year, ports.clock())
  const [items, matters, plans] = await Promise.all([
    ports.registry.itemsInForce(regionCode, on, caller.context),
    ports.registry.keyMatters(regionCode, on, { countObjects: false }, caller.context),
    plansOf(ports, regionCode, year),
  ])
  const drawn = new Set<string>(plans.flatMap((plan) => standingVersion(plan).lines.flatMap((line) => ownPartOf(line).itemCodes)))
  return supervisionGaps(items, matters, drawn, keyLinesOf(plans))
}
