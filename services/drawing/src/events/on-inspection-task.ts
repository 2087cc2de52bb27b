import { events } from '@dual-random/contracts'
import { decodePayload, type ReceivedEvent, type Subscription } from '@dual-random/messaging'
import { type Projection, projectionSubscription } from '@dual-random/mongo'
import { hearRecusal, hearRecusalRejected } from '../app/hear-recusal.ts'
import type { AppDeps } from '../app/ports.ts'
import { afterTaskEvent, type TaskOutcome } from '../domain/outcomes.ts'

const { taskDispatched, taskCompleted, taskLapsed, taskRecused, taskRecusalRejected, taskWithdrawn } = events.inspection

/** Keeps one contribution per check task, whether it was completed and why it lapsed, and hears of recusals (DRW-14). */
export function onInspectionTask(projection: Projection<TaskOutcome>, deps: Pick<AppDeps, 'draws' | 'blobs' | 'clock'>): Subscription {
  const outcomes = projectionSubscription({ topic: taskDispatched.topic, projection, evolve: outcomeAfter })
  return {
    ...outcomes,
    handle: async (event) => {
      const known = (await outcomes.marks([event.aggregateId])).get(event.aggregateId) ?? 0
      // Before the mark moves on: a crash in between asks for the same again, which changes nothing.
      if (event.seq === known + 1) await hear(deps, event)
      await outcomes.handle(event)
    },
  }
}

function outcomeAfter(task: TaskOutcome | undefined, event: ReceivedEvent): TaskOutcome {
  switch (event.type) {
    case taskCompleted.type:
      return afterTaskEvent(task, { completed: true })
    case taskLapsed.type:
      return afterTaskEvent(task, { lapsed: decodePayload(taskLapsed, event).reason })
    case taskWithdrawn.type:
      return afterTaskEvent(task, { lapsed: 'REPLACED' })
    default:
      return afterTaskEvent(task, {})
  }
}

async function hear(deps: Pick<AppDeps, 'draws' | 'blobs' | 'clock'>, event: ReceivedEvent): Promise<void> {
  if (event.type === taskRecused.type) {
    const { drawId, label, unitId, recusalId, recusedLabels } = decodePayload(taskRecused, event)
    await hearRecusal(deps, { drawId, label, unitId, recusalId, inspectors: recusedLabels })
  }
  if (event.type === taskRecusalRejected.type) await hearRecusalRejected(deps, decodePayload(taskRecusalRejected, event))
}
