import { events } from '@dual-random/contracts'
import type { Instant, RegionCode } from '@dual-random/kernel'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import { hearCheckOfClues, hearCheckOfDraw } from '../app/hear-check.ts'
import type { Ports } from '../app/ports.ts'

const { taskDispatched, taskOpened, taskWithdrawn, taskCompleted } = events.inspection

/**
 * What inspection made of a draw: the tasks that the plan is compared with each day (DQ-03), how far they are (PLN-24), the checks that
 * settle clues (TGT-15), and those of the lines without a draw (TGT-05, PLN-24).
 */
export const onTask = (
  store: Store,
  ports: Pick<Ports, 'tasks' | 'lineChecks' | 'clues' | 'clueTasks' | 'draws' | 'checkTasks'>,
): Subscription =>
  processSubscription(store, {
    topic: taskDispatched.topic,
    on: [
      handler(taskDispatched, async ({ taskId, planId, lineId, drawId, unitId, itemCodes, window, unitCount, clueTask }) => {
        await ports.tasks.record({
          taskId,
          planId,
          lineId,
          drawId,
          unitId,
          itemCodes: [...itemCodes].sort(),
          window: { start: window?.start ?? '', end: window?.end ?? '' },
          // Tasks told of before their units were counted stand for an object each.
          unitCount: unitCount ?? 1,
          // Of no plan, but a special check may be made by it (TGT-11).
          ...(clueTask === undefined ? {} : { clueTaskId: clueTask.taskId }),
        })
      }),
      handler(taskOpened, async ({ taskId, keyCheck, plannedCheck }) => {
        const check = keyCheck ?? plannedCheck
        if (check === undefined) return
        const { planId, lineId, objectMark: mark } = check
        await ports.lineChecks.record({ taskId, planId, lineId, ...(keyCheck === undefined ? {} : { matterId: keyCheck.matterId }), mark })
      }),
      handler(taskWithdrawn, ({ taskId }) => ports.tasks.end(taskId, 'WITHDRAWN')),
      handler(taskCompleted, async ({ taskId, regionCode, drawId, checkEndedAt, clueIds }) => {
        await ports.tasks.end(taskId, 'DONE')
        await ports.lineChecks.complete(taskId)
        const check = { checkTaskId: taskId, at: checkEndedAt as Instant }
        await hearCheckOfDraw(ports, { drawId, ...check })
        await hearCheckOfClues(ports, { clueIds, regionCode: regionCode as RegionCode, ...check })
      }),
    ],
  })
