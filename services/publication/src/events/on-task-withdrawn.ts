import { events } from '@dual-random/contracts'
import { type DrawId, instantOf } from '@dual-random/kernel'
import { type EventHandler, handler } from '@dual-random/mongo'
import { type DrawnListDependencies, replaceDrawnSubjects } from '../app/open-drawn-list.ts'

/** The object of a withdrawn task was replaced by a redraw. */
export const onTaskWithdrawn = (dependencies: DrawnListDependencies): EventHandler =>
  handler(events.inspection.taskWithdrawn, async ({ drawId, regionCode, redrawId, withdrawnAt }) =>
    replaceDrawnSubjects(dependencies, {
      drawId: drawId as DrawId,
      regionCode,
      redrawId: redrawId as DrawId,
      withdrawnAt: instantOf(Date.parse(withdrawnAt ?? '')),
    }),
  )
