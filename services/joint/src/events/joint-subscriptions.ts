import { events, planTypes, resultTypes } from '@dual-random/contracts'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import { followCompletedTask, followMatchedDraw, type JointTaskPorts } from '../app/follow-joint-tasks.ts'
import type { FindGroups, SharedRecords } from '../app/ports.ts'
import { shareResult, withdrawStoppedResult } from '../app/share-result.ts'

/** What joint learns from the regions it serves: draws, check tasks, published results. */
export function regionSubscriptions(
  store: Store,
  ports: JointTaskPorts & { readonly findGroups: FindGroups; readonly records: SharedRecords },
): readonly Subscription[] {
  const { drawMatched } = events.drawing
  const { taskDispatched, taskCompleted } = events.inspection
  const { publicationPublished, publicationStopped } = events.publication
  return [
    processSubscription(store, { topic: drawMatched.topic, on: [handler(drawMatched, (draw) => followMatchedDraw(ports, draw))] }),
    processSubscription(store, {
      topic: taskDispatched.topic,
      on: [
        handler(taskDispatched, async ({ taskId, drawId, unitId, planType, unitCount }) => {
          if (planTypes.toName(planType) !== 'JOINT') return
          await ports.departmentTasks.add({ taskId, drawId, unitId, ...(unitCount === undefined ? {} : { unitCount }) })
        }),
        handler(taskCompleted, ({ taskId }) => followCompletedTask(ports, taskId)),
      ],
    }),
    processSubscription(store, {
      topic: publicationPublished.topic,
      on: [
        handler(publicationPublished, (published) =>
          shareResult(ports, {
            ...published,
            resultType: resultTypes.toName(published.resultType) ?? published.resultType,
            publishedAt: published.publishedAt ?? '',
          }),
        ),
        handler(publicationStopped, ({ resultId, reason, stoppedAt = '' }) =>
          withdrawStoppedResult(ports, { resultId, reason, stoppedAt }),
        ),
      ],
    }),
  ]
}
