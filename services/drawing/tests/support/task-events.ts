import { events } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import { publishedLine } from '../fixtures.ts'

const { taskDispatched, taskCompleted, taskLapsed } = events.inspection

/** The events of one task of the bureau, checked against their contracts. */
export function taskEvents(drawId: string, taskId: string, at: Instant, end?: 'completed' | 'lapsed'): readonly NewEvent[] {
  const scope = { taskId, regionCode: publishedLine.regionCode, unitId: publishedLine.initiatorUnitId }
  const dispatched = newEvent(taskDispatched, {
    ...scope,
    taskNumber: `2303002026-${taskId}`,
    drawId,
    visitId: `visit-${taskId}`,
    planId: publishedLine.planId,
    lineId: publishedLine.lineId,
    planType: 'PLAN_TYPE_INTERNAL',
    itemCodes: [...publishedLine.itemCodes],
    window: { start: '2026-03-01', end: '2026-06-30' },
    mergeWindowId: '230300-2026-W01',
  })
  switch (end) {
    case 'completed': {
      const visitId = `visit-${taskId}`
      return [dispatched, newEvent(taskCompleted, { ...scope, drawId, visitId, checkEndedAt: at, completedAt: at, resultIds: ['r-1'] })]
    }
    case 'lapsed':
      return [dispatched, newEvent(taskLapsed, { ...scope, reason: 'ENTRY_MISSING' })]
    case undefined:
      return [dispatched]
    default:
      return assertNever(end)
  }
}
