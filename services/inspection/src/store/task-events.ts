import { events, planTypes } from '@dual-random/contracts'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { Task, TaskEvent } from '../domain/task.ts'

const { taskDispatched, taskMerged, taskCompleted, taskLapsed } = events.inspection

/** A task's event as others read it: never an object or an inspector. */
export function taskEvent(task: Task, event: TaskEvent): NewEvent {
  const { taskId, regionCode, unitId, drawId, visitId } = task
  switch (event.type) {
    case 'dispatched':
      return newEvent(taskDispatched, {
        taskId,
        taskNumber: task.taskNumber,
        regionCode,
        unitId,
        drawId,
        visitId,
        planId: task.planId,
        lineId: task.lineId,
        planType: planTypes.toWire(task.planType),
        itemCodes: task.items.map(({ itemCode }) => itemCode),
        window: { ...task.window },
        mergeWindowId: task.mergeWindowId,
        unitCount: event.unitCount,
      })
    case 'merged':
      return newEvent(taskMerged, { taskId, regionCode, unitId, visitId })
    case 'completed':
      return newEvent(taskCompleted, {
        taskId,
        regionCode,
        unitId,
        drawId,
        visitId,
        checkEndedAt: event.checkEndedAt,
        completedAt: event.completedAt,
        resultIds: task.results.map(({ resultId }) => resultId),
      })
    case 'lapsed':
      return newEvent(taskLapsed, { taskId, regionCode, unitId, reason: event.reason })
    default:
      return assertNever(event)
  }
}
