import type { Plan, PlanVersion } from '../domain/plan.ts'
import { ruleDate } from './plan-dates.ts'
import type { Names } from './plan-document.ts'
import type { Ports } from './ports.ts'

/**
 * Names as registry has them now, asked in planning's own name: a published plan is read by anybody. Of the plan's own region, of the cities that
 * draw with it, and of the regions that lines are delegated to.
 */
export async function namesOf(
  { registry: { elsewhere: registry }, clock }: Pick<Ports, 'registry' | 'clock'>,
  plan: Plan,
  { lines }: PlanVersion,
): Promise<Names> {
  const delegated = lines.flatMap(({ units }) => units.flatMap(({ delegation }) => delegation?.toRegionCode ?? []))
  const joined = lines.flatMap(({ joint }) => joint?.cities.map(({ regionCode }) => regionCode) ?? [])
  const regions = [...new Set([plan.regionCode, ...delegated, ...joined])]
  const [items, units] = await Promise.all([
    registry.itemsInForce(plan.regionCode, ruleDate(plan.year, clock())),
    Promise.all(regions.map((regionCode) => registry.units(regionCode))),
  ])
  const itemNames = new Map<string, string>(items.map(({ code, name }) => [code, name]))
  const unitNames = new Map<string, string>(units.flat().map(({ unitId, name }) => [unitId, name]))
  return { item: (code) => itemNames.get(code) ?? code, unit: (id) => unitNames.get(id) ?? id }
}
