import { events } from '@dual-random/contracts'
import { decodePayload, type Subscription } from '@dual-random/messaging'
import { type Projection, projectionSubscription } from '@dual-random/mongo'
import { afterTaskEvent, type TaskOutcome } from '../domain/outcomes.ts'

const { taskDispatched, taskCompleted, taskLapsed } = events.inspection

/** Keeps one contribution per check task: whether it was completed, and why it lapsed. */
export const onInspectionTask = (projection: Projection<TaskOutcome>): Subscription =>
  projectionSubscription({
    topic: taskDispatched.topic,
    projection,
    evolve: (task, event) => {
      switch (event.type) {
        case taskCompleted.type:
          return afterTaskEvent(task, { completed: true })
        case taskLapsed.type:
          return afterTaskEvent(task, { lapsed: decodePayload(taskLapsed, event).reason })
        default:
          return afterTaskEvent(task, {})
      }
    },
  })
