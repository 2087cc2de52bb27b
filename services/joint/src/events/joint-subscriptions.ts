import { drawnFor, drawsObjects, events, planTypes, resultTypes } from '@dual-random/contracts'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import { type ComparisonPorts, compareDrawnLists } from '../app/compare-lists.ts'
import { followCompletedTask, followMatchedDraw, type JointTaskPorts } from '../app/follow-joint-tasks.ts'
import type { FindGroups, SharedRecords } from '../app/ports.ts'
import { shareResult, withdrawStoppedResult } from '../app/share-result.ts'

/** What joint learns from the regions it serves: draws, check tasks, published results. */
export function regionSubscriptions(
  store: Store,
  ports: JointTaskPorts & ComparisonPorts & { readonly findGroups: FindGroups; readonly records: SharedRecords },
): readonly Subscription[] {
  const { drawMatched } = events.drawing
  const { taskDispatched, taskCompleted, taskWithdrawn } = events.inspection
  const { publicationPublished, publicationStopped } = events.publication
  return [
    processSubscription(store, {
      topic: drawMatched.topic,
      on: [
        handler(drawMatched, async (draw) => {
          // Objects that only get other inspectors are of the joint task of the draw that drew them (DRW-14).
          if (!drawsObjects(draw.redraw)) return
          const { drawId, regionCode, batch, drawn } = draw
          const subject = drawnFor(draw)
          const isRedraw = draw.redraw !== undefined
          await followMatchedDraw(ports, { ...subject, drawId, regionCode, drawn, isRedraw })
          await compareDrawnLists(ports, { ...subject, drawId, regionCode, batch, isRedraw })
        }),
      ],
    }),
    processSubscription(store, {
      topic: taskDispatched.topic,
      on: [
        handler(taskDispatched, async ({ taskId, drawId, unitId, planType, unitCount }) => {
          if (planTypes.toName(planType) !== 'JOINT') return
          await ports.departmentTasks.add({ taskId, drawId, unitId, ...(unitCount === undefined ? {} : { unitCount }) })
        }),
        handler(taskCompleted, ({ taskId }) => followCompletedTask(ports, taskId)),
        // Its object was replaced: nobody waits for it any more (DRW-30).
        handler(taskWithdrawn, ({ taskId }) => followCompletedTask(ports, taskId)),
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
