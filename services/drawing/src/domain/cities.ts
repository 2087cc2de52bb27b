import { compareText, type StratumSize, stratumOfPart } from '@dual-random/draw'
import { type DrawId, err, type ItemCode, ok, type RegionCode, type Result, regionContains, type UnitId } from '@dual-random/kernel'
import type { DrawLine, LineUnit } from './plan-line.ts'

/** One city's part in a draw: the pool that its registry freezes, and the units that check there. */
export interface City {
  readonly regionCode: RegionCode
  /** Whose inspectors lead the teams there. */
  readonly initiatorUnitId: UnitId
  readonly units: readonly LineUnit[]
  readonly itemCodes: readonly ItemCode[]
}

/** Which part of a draw is asked for; without a region it is a draw of one city. */
export interface PartRef {
  readonly drawId: DrawId
  readonly regionCode?: RegionCode
}

type CityLine = Pick<DrawLine, 'regionCode' | 'initiatorUnitId' | 'units' | 'itemCodes' | 'joint'>

/** The cities of a line, the organiser's first, the others ascending (docs/draw-protocol.md §23). */
export function citiesOf(line: CityLine): readonly City[] {
  const { regionCode, initiatorUnitId, units, itemCodes, joint } = line
  if (joint === undefined) return [{ regionCode, initiatorUnitId, units, itemCodes }]
  const theirs = new Set(joint.cities.flatMap(({ unitIds }) => unitIds))
  const own = units.filter(({ unitId }) => !theirs.has(unitId))
  return [
    { regionCode, initiatorUnitId, units: own, itemCodes: itemsOf(own) },
    ...[...joint.cities]
      .sort((a, b) => compareText(a.regionCode, b.regionCode))
      .map((city) => {
        const checking = units.filter(({ unitId }) => city.unitIds.includes(unitId))
        return { regionCode: city.regionCode, initiatorUnitId: city.initiatorUnitId, units: checking, itemCodes: itemsOf(checking) }
      }),
  ]
}

/** Where several cities draw each freezes by what its own units check: lists of items differ from city to city. */
const itemsOf = (units: readonly LineUnit[]): readonly ItemCode[] => [...new Set(units.flatMap(({ itemCodes }) => itemCodes))].sort()

/** Whether more than one unit checks together, in any city of the line. */
export const hasJointTeams = (line: CityLine): boolean => citiesOf(line).some(({ units }) => units.length > 1)

/** Whether other units of its city check together with a unit. */
export const checksWithOthers = (line: CityLine, unitId: UnitId): boolean =>
  citiesOf(line).some(({ units }) => units.length > 1 && units.some((one) => one.unitId === unitId))

/** The line as one of its cities draws it alone, which is how a redraw of a draw of several cities is made; undefined where that city takes no part. */
export function lineOfCity(line: DrawLine, regionCode: RegionCode): DrawLine | undefined {
  const city = citiesOf(line).find((one) => one.regionCode === regionCode)
  const { joint: _together, ...alone } = line
  return city === undefined ? undefined : { ...alone, ...city }
}

/** The regions in whose logs a draw of the line stands, the organiser's first. */
export const regionsOf = (line: CityLine): readonly RegionCode[] => citiesOf(line).map(({ regionCode }) => regionCode)

/** The cities that take part beside the organiser's. */
export const otherRegionsOf = (line: CityLine): readonly RegionCode[] => regionsOf(line).slice(1)

export const partOf = ({ drawId, line }: { readonly drawId: DrawId; readonly line: CityLine }, regionCode: RegionCode): PartRef =>
  line.joint === undefined ? { drawId } : { drawId, regionCode }

/** The name that S gives a stratum of a city's roster. */
export const stratumInDraw = (
  { joint }: Pick<CityLine, 'joint'>,
  { regionCode, stratum }: { readonly regionCode: string; readonly stratum: string },
): string => stratumOfPart(joint, regionCode, stratum)

/** A stratum of S as the plan line names it: its ratios hold in every city alike. */
export const stratumOfLine = ({ joint }: Pick<CityLine, 'joint'>, { stratum }: Pick<StratumSize, 'stratum'>): string =>
  joint === undefined || joint.merged ? stratum : stratum.slice(stratum.indexOf('/') + 1)

export type CityError =
  | { readonly code: 'city-without-units'; readonly regionCode: RegionCode }
  /** Who initiates in a city checks there itself: each city's teams have a leader of their own. */
  | { readonly code: 'city-without-initiator'; readonly regionCode: RegionCode }
  /** The inspectors of a city are labelled under its own K, and know of its own objects alone. */
  | { readonly code: 'delegation-across-cities'; readonly unitId: UnitId; readonly regionCode: RegionCode }
  | { readonly code: 'city-twice'; readonly regionCode: RegionCode }

/** Whether the cities of a line can draw together. */
export function checkCities(line: CityLine): Result<readonly City[], CityError> {
  const cities = citiesOf(line)
  if (line.joint === undefined) return ok(cities)
  const seen = new Set<RegionCode>()
  for (const { regionCode, initiatorUnitId, units } of cities) {
    if (seen.has(regionCode)) return err({ code: 'city-twice', regionCode })
    seen.add(regionCode)
    if (units.length === 0) return err({ code: 'city-without-units', regionCode })
    if (!units.some(({ unitId }) => unitId === initiatorUnitId)) return err({ code: 'city-without-initiator', regionCode })
    const across = units.find(({ delegatedRegionCode: to }) => to !== undefined && !regionContains(regionCode, to))
    if (across !== undefined) return err({ code: 'delegation-across-cities', unitId: across.unitId, regionCode })
  }
  return ok(cities)
}
