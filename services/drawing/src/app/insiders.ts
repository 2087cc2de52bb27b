import type { RegionCode, UnitId } from '@dual-random/kernel'
import { regionsOf } from '../domain/cities.ts'
import type { Draw } from '../domain/draw.ts'
import { type Deps, requireDraw } from './require.ts'

/** Whose beacons carry no draw, and whose secrets are none from outside (docs/draw-protocol.md §9). */
export interface Insiders {
  readonly regions: readonly RegionCode[]
  readonly unitIds: readonly UnitId[]
}

/** The cities that draw, and the organiser; of a redraw in another city than the organiser's, all cities of its parent, and all units that check there (§23). */
export async function insidersOf(
  { draws }: Deps<'draws'>,
  draw: Pick<Draw, 'line' | 'regionCode' | 'unitId' | 'redraw'>,
): Promise<Insiders> {
  const { line, regionCode, unitId, redraw } = draw
  if (redraw?.organiserRegionCode === undefined || redraw.organiserRegionCode === regionCode)
    return { regions: regionsOf(line), unitIds: [unitId] }
  const parent = await requireDraw(draws, redraw.parentDrawId)
  if (parent.status !== 'MATCHED' && parent.status !== 'CLOSED') throw new Error(`${parent.drawId} has redraws and was never matched`)
  const checking = parent.commitment.matchInputs.map((input) => input.unitId)
  return { regions: regionsOf(parent.line), unitIds: [...new Set([unitId, ...checking])] }
}
