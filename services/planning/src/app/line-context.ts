import type { LineId, LocalDate, PlanId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { buildLine } from '../domain/build-line.ts'
import type { Agreement, DelegationInput } from '../domain/delegation.ts'
import { ownPartOf } from '../domain/line-cities.ts'
import type { CheckItem, CityContext, LineCityInput, LineContext, LineInput, Unit } from '../domain/line-input.ts'
import type { LineProblem } from '../domain/line-problem.ts'
import { lineIdOf, type Plan, type PlanLine, standingVersion } from '../domain/plan.ts'
import { lineFailure, type ProblemsOfLine } from './failures.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

/** What of a line names units or cities elsewhere. */
type Naming = Pick<LineInput, 'units' | 'joint'>

/** What the lines of a plan are checked against now: the plan's own policy, the lists in force, the units, the joint plans of the year. */
export async function lineContext(ports: Ports, plan: Plan, caller: Caller, inputs: readonly Naming[] = []): Promise<LineContext> {
  const policy = await ports.policies.get(plan.policyDigest)
  const context = await lineContextOf(ports, { ...plan, policy }, caller, inputs)
  return { ...context, plan, jointItems: await itemsOfJointPlans(ports, plan) }
}

/** What is drawn outside a plan is checked against the same lists and units, and bound by no plan (TGT-09). */
export async function lineContextOf(
  ports: Ports,
  of: Pick<Plan, 'regionCode' | 'unitId' | 'year'> & { readonly policy: Policy },
  caller: Caller,
  inputs: readonly Naming[],
): Promise<LineContext> {
  const now = ports.clock()
  const delegations = inputs.flatMap(({ units = [] }) => units.flatMap(({ delegation }) => delegation ?? []))
  const joined = inputs.flatMap(({ joint }) => joint?.cities ?? [])
  const on = ruleDate(of.year, now)
  const [items, units, cities, delegates, agreements] = await Promise.all([
    ports.registry.itemsInForce(of.regionCode, on, caller.context),
    ports.registry.units(of.regionCode, caller.context),
    citiesOf(ports, joined, on),
    unitsOf(ports, delegations),
    keptAgreements(ports, [...delegations, ...joined]),
  ])
  return {
    plan: { unitId: of.unitId, regionCode: of.regionCode, year: of.year },
    policy: of.policy,
    items: byCode(items),
    units: byUnitId(units),
    cities,
    delegates: byUnitId(delegates),
    agreements,
    jointItems: new Map(),
    calendar: ports.calendar,
    act: { by: caller.principal.subject, at: now },
  }
}

const byCode = (items: readonly CheckItem[]): LineContext['items'] => new Map(items.map((item) => [item.code, item]))
const byUnitId = (units: readonly Unit[]): LineContext['units'] => new Map(units.map((unit) => [unit.unitId, unit]))

/** The cities that draw as well: who is there, by which lists, and under which policy. */
async function citiesOf({ registry }: Ports, named: readonly LineCityInput[], on: LocalDate): Promise<LineContext['cities']> {
  const { elsewhere } = registry
  const regions = [...new Set(named.map(({ regionCode }) => regionCode))]
  const found = regions.map(async (regionCode): Promise<readonly [string, CityContext]> => {
    const [policy, items, units] = await Promise.all([
      elsewhere.policyAt(regionCode, on),
      elsewhere.itemsInForce(regionCode, on),
      elsewhere.units(regionCode),
    ])
    return [regionCode, { policy, items: byCode(items), units: byUnitId(units) }]
  })
  return new Map(await Promise.all(found))
}

/** For no more than who is there. */
async function unitsOf({ registry }: Ports, delegations: readonly DelegationInput[]): Promise<readonly Unit[]> {
  const regions = new Set(delegations.map(({ toRegionCode }) => toRegionCode))
  return (await Promise.all([...regions].map((regionCode) => registry.elsewhere.units(regionCode)))).flat()
}

async function keptAgreements({ blobs }: Ports, named: readonly { readonly agreement?: Agreement }[]): Promise<ReadonlySet<string>> {
  const digests = [...new Set(named.flatMap(({ agreement }) => agreement?.digest ?? []))]
  const kept = await Promise.all(digests.map((digest) => blobs.has(digest)))
  return new Set(digests.filter((_, index) => kept[index]))
}

async function itemsOfJointPlans({ plans }: Ports, { regionCode, year }: Plan): Promise<ReadonlyMap<string, PlanId>> {
  const joint = (await plans.all({ regionCode, year, planType: 'JOINT' })).filter((plan) => plan.regionCode === regionCode)
  const items = new Map<string, PlanId>()
  for (const plan of joint) {
    for (const { itemCodes } of standingVersion(plan).lines.map(ownPartOf)) for (const code of itemCodes) items.set(code, plan.planId)
  }
  return items
}

/** Lines for a plan, numbered on from its last; refused together with everything that is wrong with any of them or, of those that somebody enters, what is `open`, of the built line too. */
export function buildLines(
  inputs: readonly LineInput[],
  context: LineContext,
  plan: Plan,
  commandId: string,
  baseOf: (index: number) => string,
  open: (input: LineInput, context: LineContext, line: PlanLine | undefined) => readonly LineProblem[] = () => [],
): readonly PlanLine[] {
  const lines: PlanLine[] = []
  const refused: ProblemsOfLine[] = []
  for (const [index, input] of inputs.entries()) {
    const lineId: LineId = lineIdOf(plan.nextLine + index)
    const built = buildLine(input, context, { lineId, commandId })
    const problems = [...(built.ok ? [] : built.error), ...open(input, context, built.ok ? built.value : undefined)]
    if (built.ok && problems.length === 0) lines.push(built.value)
    else refused.push({ base: baseOf(index), problems })
  }
  if (refused.length > 0) throw lineFailure(refused, plan.policy.preset)
  return lines
}
