import { compareText } from '@dual-random/draw'
import { err, type ItemCode, ok, type RegionCode, type Result, regionContains, type UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { DrawnPart } from './item-set.ts'
import type { CheckItem, LineCityInput, LineContext, LineInput, Unit } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import type { JointLine, LineCity, LineUnit, PlanLine } from './plan.ts'

/** What stands in one place of several cities: lists and units of all that the line names, the plan's own first. */
export function placesOf({ joint }: Pick<LineInput, 'joint'>, context: LineContext): readonly Place[] {
  const { plan, items, units, cities } = context
  const others = (joint?.cities ?? []).flatMap(({ regionCode }) => {
    const found = cities.get(regionCode)
    return found === undefined ? [] : [{ regionCode, items: found.items, units: found.units }]
  })
  return [{ regionCode: plan.regionCode, items, units }, ...others]
}

/** The units of all places of a line. */
export const knownUnits = (input: Pick<LineInput, 'joint'>, context: LineContext): ReadonlyMap<string, Unit> =>
  new Map(placesOf(input, context).flatMap(({ units }) => [...units]))

export interface Place {
  readonly regionCode: RegionCode
  readonly items: ReadonlyMap<string, CheckItem>
  readonly units: ReadonlyMap<string, Unit>
}

/** The place whose unit it is; units of other cities are known where the line names their city, and nowhere else. */
export const placeOf = (places: readonly Place[], unitId: UnitId): Place | undefined => places.find(({ units }) => units.has(unitId))

/** The cities of a line (DRW-26), or everything that is wrong with them; undefined where the plan's own city draws alone. */
export function buildCities(
  input: LineInput,
  units: readonly LineUnit[],
  initiatorUnitId: UnitId,
  context: LineContext,
): Result<JointLine | undefined, readonly LineProblem[]> {
  const { joint } = input
  if (joint === undefined) return ok(undefined)
  const places = placesOf(input, context)
  const unitsIn = (regionCode: RegionCode): readonly LineUnit[] =>
    units.filter(({ unitId }) => placeOf(places, unitId)?.regionCode === regionCode)
  const problems = [...overlapProblems(joint.cities, context), ...ownProblems(unitsIn(context.plan.regionCode), initiatorUnitId, context)]
  const built = joint.cities.map((city, index): LineCity => {
    const pointer = `/joint/cities/${index}`
    const checking = unitsIn(city.regionCode)
    problems.push(...agreementProblems(city, context, pointer), ...cityProblems(city, checking, pointer))
    const { regionCode, agreement } = city
    return {
      regionCode,
      initiatorUnitId: city.initiatorUnitId ?? checking[0]?.unitId ?? ('' as UnitId),
      unitIds: checking.map(({ unitId }) => unitId),
      ...(agreement === undefined ? {} : { agreement }),
    }
  })
  problems.push(...units.flatMap((unit, index) => placeProblems(unit, places, `/units/${index}`)))
  if (problems.length > 0) return err(problems)
  return ok({ merged: joint.merged, cities: built.toSorted((a, b) => compareText(a.regionCode, b.regionCode)) })
}

/** Each city freezes its own pool: no object may be in two of them. */
function overlapProblems(cities: readonly LineCityInput[], { plan }: LineContext): readonly LineProblem[] {
  const all = [plan.regionCode, ...cities.map(({ regionCode }) => regionCode)]
  return cities.flatMap(({ regionCode }, index): readonly LineProblem[] => {
    const other = all.slice(0, index + 1).find((each) => regionContains(each, regionCode) || regionContains(regionCode, each))
    return other === undefined ? [] : [{ code: 'cities-overlap', pointer: `/joint/cities/${index}/regionCode`, regionCode, other }]
  })
}

function ownProblems(units: readonly LineUnit[], unitId: UnitId, { plan: { regionCode } }: LineContext): readonly LineProblem[] {
  if (units.length === 0) return [{ code: 'city-without-units', pointer: '/units', regionCode }]
  if (units.some((unit) => unit.unitId === unitId)) return []
  return [{ code: 'initiator-not-of-city', pointer: '/initiatorUnitId', unitId, regionCode }]
}

/** Who initiates in a city checks there: each city's teams have a leader of their own. */
function cityProblems(
  { regionCode, initiatorUnitId: unitId }: LineCityInput,
  units: readonly LineUnit[],
  pointer: string,
): readonly LineProblem[] {
  if (units.length === 0) return [{ code: 'city-without-units', pointer, regionCode }]
  const at = `${pointer}/initiatorUnitId`
  if (unitId === undefined) return units.length === 1 ? [] : [{ code: 'city-needs-initiator', pointer: at, regionCode }]
  return units.some((unit) => unit.unitId === unitId) ? [] : [{ code: 'initiator-not-of-city', pointer: at, unitId, regionCode }]
}

/** A unit checks what the list of its own city has, and gives its task to nobody of another city, whose inspectors know other objects. */
function placeProblems({ unitId, itemCodes, delegation }: LineUnit, places: readonly Place[], pointer: string): readonly LineProblem[] {
  const place = placeOf(places, unitId)
  if (place === undefined) return []
  const { regionCode, items } = place
  const problems = itemCodes
    .filter((itemCode) => !items.has(itemCode) && places.some((other) => other.items.has(itemCode)))
    .map((itemCode): LineProblem => ({ code: 'item-not-on-list-of-city', pointer: `${pointer}/itemCodes`, itemCode, regionCode }))
  if (delegation !== undefined && !regionContains(regionCode, delegation.toRegionCode)) {
    problems.push({ code: 'delegation-across-cities', pointer: `${pointer}/delegation`, unitId, regionCode })
  }
  return problems
}

/** What cities share of objects and inspectors they share under a group that both are in, or a written agreement (SEC-02, XRG-04, XRG-09). */
function agreementProblems({ regionCode, agreement }: LineCityInput, context: LineContext, pointer: string): readonly LineProblem[] {
  const { plan, policy, cities, agreements } = context
  if (agreement !== undefined && !agreements.has(agreement.digest)) {
    return [{ code: 'agreement-unknown', pointer: `${pointer}/agreement/digest`, digest: agreement.digest }]
  }
  const theirs = cities.get(regionCode)?.policy
  const grouped = [policy, theirs].every((each) => each !== undefined && isGrouped(each, [plan.regionCode, regionCode]))
  if (grouped) return []
  if (policy.find('crossRegion')?.encouraged !== true) return [{ code: 'cities-not-provided', pointer }]
  return agreement === undefined ? [{ code: 'city-needs-agreement', pointer: `${pointer}/agreement`, regionCode }] : []
}

/** Whether a group of the policy has all of them and shares what they supervise: a city may leave it, and the aspect may be switched off (XRG-01, XRG-03). */
function isGrouped(policy: Policy, regions: readonly RegionCode[]): boolean {
  const { groups = [] } = policy.find('crossRegion') ?? {}
  return groups.some(
    (group) =>
      regions.every((regionCode) => group.regions.some((member) => member.regionCode === regionCode)) &&
      group.aspects.some(({ id, enabled }) => id === 'INFORMATION_SHARING' && enabled),
  )
}

const itemsOf = (units: readonly LineUnit[]): readonly ItemCode[] => [...new Set(units.flatMap(({ itemCodes }) => itemCodes))].sort()

/** A line as far as the plan's own city goes: what figures and reports of its region count. */
export function ownPartOf(line: PlanLine): PlanLine {
  const { joint, ...rest } = line
  if (joint === undefined) return line
  const theirs = new Set(joint.cities.flatMap(({ unitIds }) => unitIds))
  const units = line.units.filter(({ unitId }) => !theirs.has(unitId))
  return { ...rest, units, itemCodes: itemsOf(units) }
}

export interface CityPart extends DrawnPart {
  readonly regionCode: RegionCode
}

/** What the other cities draw for, each by what its own units check. */
export const otherPartsOf = ({ joint, units, scope }: Pick<PlanLine, 'joint' | 'units' | 'scope'>): readonly CityPart[] =>
  (joint?.cities ?? []).map(({ regionCode, unitIds }) => ({
    regionCode,
    itemCodes: itemsOf(units.filter(({ unitId }) => unitIds.includes(unitId))),
    ...(scope === undefined ? {} : { scope }),
  }))
