import type { DrawId } from '@dual-random/kernel'
import { lineOfCity } from '../domain/cities.ts'
import type { Draw, DrawIn } from '../domain/draw.ts'
import { matchingUnitOf } from '../domain/plan-line.ts'
import { decideDraw } from './decide-draw.ts'
import { citiesOfLabels } from './redraw-family.ts'
import type { Deps } from './require.ts'

type HearDeps = Deps<'draws' | 'blobs' | 'clock'>

/** What inspection tells of a recusal that was raised after the draw. Labels are those of the draw the task is of. */
export interface RaisedRecusal {
  readonly drawId: string
  readonly label: string
  readonly unitId: string
  readonly recusalId: string
  readonly inspectors: readonly string[]
}

/** The reason under which a recusal stands in an order, whatever its own ground (policy `redraw.reasons`). */
const reason = 'RECUSAL'

/** Asks for a re-match of the team that somebody must leave; the organiser's superior decides (DRW-14, DRW-30). */
export async function hearRecusal(deps: HearDeps, { drawId, label, unitId, recusalId, inspectors }: RaisedRecusal): Promise<void> {
  const parent = await parentOf(deps, drawId)
  // Of a draw that is closed nobody is sent any more.
  if (parent === undefined) return
  const regionCode = (await citiesOfLabels(deps, parent)).get(label)
  const { units } = lineOfCity(parent.line, regionCode ?? parent.regionCode) ?? { units: [] }
  const unit = units.find((one) => one.unitId === unitId || matchingUnitOf(one) === unitId)
  if (unit === undefined) return
  const ground = { reason, label, unitId: matchingUnitOf(unit), inspectors, recusalId }
  const proposal = { purpose: 'rematch', grounds: [ground], counts: {}, proposedAt: deps.clock(), proposedBy: 'inspection' } as const
  const ofCity = regionCode === undefined ? {} : { regionCode }
  await decideDraw(deps, parent.drawId, { type: 'propose-redraw', proposal: { ...proposal, ...ofCity } })
}

export async function hearRecusalRejected(
  deps: HearDeps,
  { drawId, recusalId }: Pick<RaisedRecusal, 'drawId' | 'recusalId'>,
): Promise<void> {
  const parent = await parentOf(deps, drawId)
  if (parent !== undefined) await decideDraw(deps, parent.drawId, { type: 'drop-recusal', recusalId, at: deps.clock() })
}

/** The draw that redraws are asked of: the task's own, or what that follows. */
async function parentOf({ draws }: HearDeps, drawId: string): Promise<DrawIn<'MATCHED'> | undefined> {
  const draw = await draws.load(drawId)
  const parent: Draw | undefined = draw?.redraw === undefined ? draw : await draws.load(draw.redraw.parentDrawId satisfies DrawId)
  return parent?.status === 'MATCHED' ? parent : undefined
}
