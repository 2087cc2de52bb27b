import { events } from '@dual-random/contracts'
import type { UnitId } from '@dual-random/kernel'
import { decodePayload, type Subscription } from '@dual-random/messaging'
import { type Projection, processSubscription, projectionSubscription, type Store } from '@dual-random/mongo'
import type { ScheduleDependencies } from '../app/schedule-record.ts'
import { onResultRecorded } from './on-result-recorded.ts'
import { onTaskCompleted } from './on-task-completed.ts'

const { drawing, inspection } = events

/** What this service listens to. Results and tasks come in any order; who organised a draw is copied. */
export const subscriptions = (
  store: Store,
  dependencies: ScheduleDependencies,
  draws: Projection<{ readonly unitId: UnitId }>,
): readonly Subscription[] => [
  processSubscription(store, { topic: inspection.resultRecorded.topic, on: [onResultRecorded(dependencies)] }),
  processSubscription(store, { topic: inspection.taskCompleted.topic, on: [onTaskCompleted(dependencies)] }),
  projectionSubscription({
    topic: drawing.drawFrozen.topic,
    projection: draws,
    evolve: (draw, event) =>
      event.type === drawing.drawFrozen.type ? { unitId: decodePayload(drawing.drawFrozen, event).unitId as UnitId } : draw,
  }),
]
