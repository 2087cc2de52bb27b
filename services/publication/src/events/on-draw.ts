import { drawnFor, drawsObjects, events } from '@dual-random/contracts'
import type { DrawId, RegionCode, UnitId } from '@dual-random/kernel'
import { type EventHandler, handler, type Projection } from '@dual-random/mongo'
import { type DrawnListDependencies, openDrawnList } from '../app/open-drawn-list.ts'
import type { DescribeDrawn, DrawCopy } from '../app/ports.ts'

const { drawFrozen, drawMatched } = events.drawing

/** Who organised a draw is copied from its first event, and who did in other cities from its line. */
export const onDrawFrozen = (draws: Projection<DrawCopy>, describeDrawn: DescribeDrawn): EventHandler =>
  handler(drawFrozen, async (data, event) => {
    const { cities } = data.joint === undefined ? {} : await describeDrawn(drawnFor(data))
    await draws.apply(event, () => ({ unitId: data.unitId as UnitId, ...(cities === undefined ? {} : { cities }) }))
  })

/** A matched draw opens its list of drawn subjects; a re-match draws nobody. */
export const onDrawMatched = (dependencies: DrawnListDependencies): EventHandler =>
  handler(drawMatched, async (data, { at }) => {
    const { drawId, regionCode, unitId, batch, drawn, redraw, joint } = data
    if (!drawsObjects(redraw)) return
    await openDrawnList(dependencies, {
      drawId: drawId as DrawId,
      regionCode: regionCode as RegionCode,
      unitId: unitId as UnitId,
      ...drawnFor(data),
      batch,
      drawn,
      matchedAt: at,
      ofSeveralCities: joint !== undefined,
      ...(redraw === undefined ? {} : { parentDrawId: redraw.parentDrawId as DrawId }),
    })
  })
