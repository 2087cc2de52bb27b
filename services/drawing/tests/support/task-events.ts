import { events } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import { publishedLine } from '../fixtures.ts'

const { taskDispatched, taskCompleted, taskLapsed, taskRecused, taskRecusalRejected, taskWithdrawn } = events.inspection

/** How a task goes on; a recusal with whom it concerns, by the label of the object and of the inspector. */
export type TaskEnd =
  | 'completed'
  | 'lapsed'
  | 'withdrawn'
  | { readonly recused: { readonly label: string; readonly inspector: string; readonly unitId?: string; readonly rejected?: true } }

/** The events of one task of the bureau, checked against their contracts. */
export function taskEvents(drawId: string, taskId: string, at: Instant, end?: TaskEnd): readonly NewEvent[] {
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
      return [
        dispatched,
        newEvent(taskCompleted, { ...scope, drawId, visitId, checkEndedAt: at, completedAt: at, resultIds: ['r-1'], clueIds: [] }),
      ]
    }
    case 'lapsed':
      return [dispatched, newEvent(taskLapsed, { ...scope, reason: 'ENTRY_MISSING' })]
    case 'withdrawn':
      return [dispatched, newEvent(taskWithdrawn, { ...scope, drawId, redrawId: 'ab'.repeat(32), withdrawnAt: at })]
    case undefined:
      return [dispatched]
    default:
      return [dispatched, ...recusalEvents({ ...scope, drawId }, at, end.recused)]
  }
}

function recusalEvents(
  task: { readonly taskId: string; readonly regionCode: string; readonly unitId: string; readonly drawId: string },
  at: Instant,
  { label, inspector, unitId, rejected }: Extract<TaskEnd, object>['recused'],
): readonly NewEvent[] {
  const of = { ...task, unitId: unitId ?? task.unitId, label, recusalId: `recusal-${task.taskId}` }
  const raised = { raisedBy: 'INSPECTOR', ground: 'KINSHIP', raisedAt: at, teamDrawId: task.drawId, recusedLabels: [inspector] }
  const recused = newEvent(taskRecused, { ...of, ...raised })
  return rejected === true ? [recused, newEvent(taskRecusalRejected, { ...of, rejectedAt: at })] : [recused]
}
