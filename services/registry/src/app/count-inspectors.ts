import type { LocalDate, RegionCode } from '@dual-random/kernel'
import { type Staff, staffTally } from '../domain/staff.ts'
import type { InspectorPool, Units } from './ports.ts'

/** Inspectors in post on a date in the pools of a region's units and those below, by where they serve. */
export async function countInspectors(
  { units, inspectors }: { readonly units: Units; readonly inspectors: InspectorPool },
  regionCode: RegionCode,
  on: LocalDate,
): Promise<readonly Staff[]> {
  const unitIds = (await units.inRegion(regionCode)).map(({ unitId }) => unitId)
  const tally = staffTally(on)
  for await (const inspector of inspectors.countable(unitIds)) tally.add(inspector)
  return tally.all()
}
