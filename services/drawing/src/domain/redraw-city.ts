import { err, ok, type RegionCode, type Result, type UnitId } from '@dual-random/kernel'
import { type City, citiesOf } from './cities.ts'
import { type DrawLine, matchingUnitOf } from './plan-line.ts'
import { labelsOf, type RedrawGround } from './redraw.ts'

export type RedrawCityError =
  /** An escalation names no label that would say whose it is. */
  | { readonly code: 'redraw-city-unnamed'; readonly allowed: string }
  | { readonly code: 'redraw-city-unknown'; readonly regionCode: string; readonly allowed: string }
  /** A redraw is of one city: its labels stand in one roster. */
  | { readonly code: 'redraw-across-cities'; readonly label: string; readonly regionCode: RegionCode }
  /** Its inspectors are labelled under another K than the objects of this city. */
  | { readonly code: 'unit-of-another-city'; readonly unitId: UnitId; readonly regionCode: RegionCode }

export interface AskedOfCity {
  readonly grounds: readonly RedrawGround[]
  readonly regionCode?: RegionCode | undefined
}

/**
 * The city that a redraw is asked for in: of its labels, or the one that is named; of one city's draw its own. A label that nobody drew is not judged here
 * (docs/draw-protocol.md §23).
 */
export function cityOfRedraw(
  line: Pick<DrawLine, 'regionCode' | 'initiatorUnitId' | 'units' | 'itemCodes' | 'joint'>,
  { grounds, regionCode: named }: AskedOfCity,
  cityOfLabel: ReadonlyMap<string, RegionCode>,
): Result<City, RedrawCityError> {
  const cities = citiesOf(line)
  const allowed = cities.map((one) => one.regionCode).join(', ')
  const labels = labelsOf(grounds)
  const regionCode =
    named ?? (cities.length === 1 ? line.regionCode : labels.map((label) => cityOfLabel.get(label)).find((one) => one !== undefined))
  if (regionCode === undefined) return err({ code: 'redraw-city-unnamed', allowed })
  const city = cities.find((one) => one.regionCode === regionCode)
  if (city === undefined) return err({ code: 'redraw-city-unknown', regionCode, allowed })
  const across = labels.find((label) => (cityOfLabel.get(label) ?? regionCode) !== regionCode)
  if (across !== undefined) return err({ code: 'redraw-across-cities', label: across, regionCode })
  const matching = new Set(city.units.map(matchingUnitOf))
  const others = new Set(line.units.map(matchingUnitOf))
  const unitId = grounds.flatMap((ground) => ground.unitId ?? []).find((one) => !matching.has(one) && others.has(one))
  return unitId === undefined ? ok(city) : err({ code: 'unit-of-another-city', unitId, regionCode })
}
