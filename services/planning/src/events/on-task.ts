import { events } from '@dual-random/contracts'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import type { DispatchedTasks } from '../app/ports.ts'

const { taskDispatched } = events.inspection

/** What inspection made of a draw: the tasks that the plan is compared with each day (DQ-03). */
export const onTask = (store: Store, tasks: DispatchedTasks): Subscription =>
  processSubscription(store, {
    topic: taskDispatched.topic,
    on: [
      handler(taskDispatched, ({ taskId, planId, lineId, drawId, unitId, itemCodes, window, unitCount }) =>
        tasks.record({
          taskId,
          planId,
          lineId,
          drawId,
          unitId,
          itemCodes: [...itemCodes].sort(),
          window: { start: window?.start ?? '', end: window?.end ?? '' },
          // Tasks told of before their units were counted stand for an object each.
          unitCount: unitCount ?? 1,
        }),
      ),
    ],
  })
