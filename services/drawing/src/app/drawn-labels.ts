import type { DrawId, RegionCode } from '@dual-random/kernel'
import { type DrawIn, type drawnStatuses, type FreezeRequest, isDrawn } from '../domain/draw.ts'
import { isJointCheck } from '../domain/plan-line.ts'
import { taskNumbering } from '../domain/task-numbering.ts'
import { readTranscript } from './draw-files.ts'
import type { DrawnEarlier, DrawnLabels } from './ports.ts'
import type { Deps } from './require.ts'

type DrawnDeps = Deps<'draws' | 'blobs'>
type DrawnDraw = DrawIn<(typeof drawnStatuses)[number]>

/** The labels of a draw that was drawn, from its transcript; of one of several cities, those of the city that is asked for. */
export async function drawnLabels(deps: DrawnDeps, drawId: DrawId, regionCode: RegionCode): Promise<DrawnLabels> {
  const draw = await requireDrawn(deps, drawId)
  return labelsIn(draw, regionCode) ?? { drawId, labels: await orderOf(deps, draw) }
}

/** Of one of several cities, by the draw itself; undefined where one city drew everything. */
function labelsIn({ drawId, transcript: { ofCities } }: DrawnDraw, regionCode: RegionCode): DrawnLabels | undefined {
  return ofCities && { drawId, regionCode, labels: ofCities.find((city) => city.regionCode === regionCode)?.labels ?? [] }
}

/** What was drawn before a freeze, in its region and in those beside it that the bar on repeats spans. */
export const drawnEarlier = (
  deps: DrawnDeps,
  regionCode: RegionCode,
  { earlierDrawIds, beside = [] }: Pick<FreezeRequest, 'earlierDrawIds' | 'beside'>,
): Promise<readonly DrawnEarlier[]> =>
  Promise.all(
    [{ regionCode, earlierDrawIds }, ...beside].flatMap((region) =>
      region.earlierDrawIds.map((drawId) => drawnBefore(deps, drawId, region.regionCode)),
    ),
  )

/** The labels with what the bar on repeats has to know of their draw. */
async function drawnBefore(deps: DrawnDeps, drawId: DrawId, regionCode: RegionCode): Promise<DrawnEarlier> {
  const draw = await requireDrawn(deps, drawId)
  const order = await orderOf(deps, draw)
  const drawn = labelsIn(draw, regionCode) ?? { drawId, labels: order }
  // Units have their places in the line that was planned, of which a redraw may have a part.
  const { line } = draw.redraw === undefined ? draw : await requireDrawn(deps, draw.redraw.parentDrawId)
  const numbering = taskNumbering({ ...draw, line }, regionCode)
  const tasks = numbering && { ...numbering, positions: positionsIn(order, drawn.labels) }
  return { ...drawn, joint: isJointCheck(draw.line), ...(tasks === undefined ? {} : { tasks }) }
}

async function requireDrawn({ draws }: DrawnDeps, drawId: DrawId): Promise<DrawnDraw> {
  const draw = await draws.load(drawId)
  if (draw === undefined || !isDrawn(draw)) throw new Error(`draw ${drawId} is not drawn`)
  return draw
}

/** The drawing order, which all cities of a draw share. */
const orderOf = async ({ blobs }: DrawnDeps, draw: DrawnDraw): Promise<readonly string[]> =>
  (await readTranscript(blobs, draw.transcript.blob)).transcript.batches.flat()

function positionsIn(order: readonly string[], labels: readonly string[]): readonly number[] {
  const places = new Map(order.map((label, index) => [label, index + 1]))
  return labels.map((label) => {
    const place = places.get(label)
    if (place === undefined) throw new Error(`label ${label} is not in the drawing order`)
    return place
  })
}
