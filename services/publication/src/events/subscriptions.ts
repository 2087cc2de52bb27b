import { events } from '@dual-random/contracts'
import type { Subscription } from '@dual-random/messaging'
import { type Projection, processSubscription, type Store } from '@dual-random/mongo'
import type { DrawCopy, PublishedPlans } from '../app/ports.ts'
import type { RecordDependencies } from '../app/record-result.ts'
import { onDrawFrozen, onDrawMatched } from './on-draw.ts'
import { onPlanPublished } from './on-plan-published.ts'
import { onResultRecorded } from './on-result-recorded.ts'
import { onTaskCompleted } from './on-task-completed.ts'
import { onTaskWithdrawn } from './on-task-withdrawn.ts'

const { drawing, inspection, planning } = events

/** What this service listens to. Plans, draws, results and tasks come in any order among each other. */
export const subscriptions = (
  store: Store,
  dependencies: RecordDependencies & { readonly plans: PublishedPlans },
  draws: Projection<DrawCopy>,
): readonly Subscription[] => [
  processSubscription(store, { topic: inspection.resultRecorded.topic, on: [onResultRecorded(dependencies)] }),
  processSubscription(store, {
    topic: inspection.taskCompleted.topic,
    on: [onTaskCompleted(dependencies), onTaskWithdrawn(dependencies)],
  }),
  processSubscription(store, {
    topic: drawing.drawFrozen.topic,
    on: [onDrawFrozen(draws, dependencies.describeDrawn), onDrawMatched(dependencies)],
  }),
  processSubscription(store, { topic: planning.planPublished.topic, on: [onPlanPublished(dependencies)] }),
]
