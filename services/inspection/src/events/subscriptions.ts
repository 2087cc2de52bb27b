import { events } from '@dual-random/contracts'
import type { DrawId, LineId, PlanId, TaskId } from '@dual-random/kernel'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import { type DispatchDependencies, dispatchDraw } from '../app/dispatch-draw.ts'
import { type FollowResultDependencies, followResult } from '../app/follow-result.ts'
import { lapseUnpublished } from '../app/lapse-tasks.ts'

export type EventDependencies = DispatchDependencies & FollowResultDependencies

/** What inspection does on others' events, and on its own results. */
export function inspectionSubscriptions(store: Store, deps: EventDependencies): readonly Subscription[] {
  const { drawMatched } = events.drawing
  const { publicationOverdue } = events.publication
  const { resultRecorded } = events.inspection
  return [
    processSubscription(store, {
      topic: drawMatched.topic,
      on: [
        handler(drawMatched, ({ drawId, planId, lineId, batch, drawn }) =>
          dispatchDraw(deps, { drawId: drawId as DrawId, planId: planId as PlanId, lineId: lineId as LineId, batch, drawn }),
        ),
      ],
    }),
    processSubscription(store, {
      topic: resultRecorded.topic,
      on: [handler(resultRecorded, ({ resultId }) => followResult(deps, resultId))],
    }),
    processSubscription(store, {
      topic: publicationOverdue.topic,
      on: [handler(publicationOverdue, ({ taskId }) => lapseUnpublished(deps, taskId as TaskId))],
    }),
  ]
}
