import { drawnForFields, events, planTypes } from '@dual-random/contracts'
import type { TaskOpened } from '@dual-random/contracts/inspection'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import { executingUnitOf } from '../domain/delegation.ts'
import { type Opening, supervisionModeOf } from '../domain/opening.ts'
import { concerned } from '../domain/recusal.ts'
import type { DrawnFrom, Task, TaskEvent, TaskFacts } from '../domain/task.ts'

const {
  taskOpened,
  taskDispatched,
  taskMerged,
  taskRecused,
  taskRecusalRejected,
  taskReassigned,
  taskCompleted,
  taskFeedbackGiven,
  taskLapsed,
  taskWithdrawn,
} = events.inspection

/** A task's event as others read it: never an object or an inspector. What only a draw needs to hear is not told of a task without one. */
export function taskEvent(task: Task, event: TaskEvent): NewEvent | undefined {
  const { taskId, regionCode, unitId, visitId } = task
  switch (event.type) {
    case 'opened':
      return openedEvent(task)
    case 'merged':
      return newEvent(taskMerged, { taskId, regionCode, unitId, visitId })
    case 'completed':
      return newEvent(taskCompleted, {
        taskId,
        regionCode,
        unitId,
        drawId: task.drawId ?? '',
        visitId,
        checkEndedAt: event.checkEndedAt,
        completedAt: event.completedAt,
        resultIds: task.results.map(({ resultId }) => resultId),
        clueIds: clueIdsOf(task),
      })
    case 'feedback-given': {
      const { givenAt, late } = event
      return newEvent(taskFeedbackGiven, { taskId, regionCode, unitId, executingUnitId: executingUnitOf(task), givenAt, late })
    }
    case 'lapsed':
      return newEvent(taskLapsed, { taskId, regionCode, unitId, reason: event.reason })
    case 'dispatched':
    case 'recused':
    case 'recusal-rejected':
    case 'reassigned':
    case 'withdrawn':
      return task.opening === undefined ? drawEvent(task, event) : undefined
    default:
      return assertNever(event)
  }
}

function openedEvent({ taskId, taskNumber, regionCode, unitId, visitId, items, window, opening }: Task): NewEvent {
  if (opening === undefined) throw new Error(`task ${taskId} was drawn, not opened`)
  return newEvent(taskOpened, {
    taskId,
    taskNumber,
    regionCode,
    unitId,
    visitId,
    supervisionMode: opening.mode,
    ground: opening.ground,
    itemCodes: items.map(({ itemCode }) => itemCode),
    window: { ...window },
    clueIds: opening.ground === 'CLUE' ? [...opening.clueIds] : [],
    clueSource: opening.ground === 'CLUE' ? opening.source : undefined,
    duty: opening.ground === 'STATUTORY_DUTY' ? { ...opening.duty } : undefined,
    keyCheck: keyCheckOf(opening),
    plannedCheck: plannedCheckOf(opening),
    openedBy: opening.by,
    openedAt: opening.at,
  })
}

function keyCheckOf(opening: Opening): TaskOpened['keyCheck'] {
  if (opening.ground !== 'KEY_LIST_MATTER' || opening.planned === undefined || opening.objectMark === undefined) return undefined
  return { ...opening.planned, objectMark: opening.objectMark }
}

function plannedCheckOf(opening: Opening): TaskOpened['plannedCheck'] {
  if (opening.ground !== 'PLANNED_LINE' || opening.objectMark === undefined) return undefined
  return { ...opening.planned, objectMark: opening.objectMark }
}

/** Those it was opened for, and those for which inspectors went to a member of the white list. */
function clueIdsOf({ opening, onSite = [] }: Pick<Task, 'opening' | 'onSite'>): string[] {
  const opened = opening?.ground === 'CLUE' ? opening.clueIds : []
  return [...new Set([...opened, ...onSite.flatMap((reason) => ('clueIds' in reason ? reason.clueIds : []))])]
}

type EventOfDraw = Extract<TaskEvent, { readonly type: 'dispatched' | 'recused' | 'recusal-rejected' | 'reassigned' | 'withdrawn' }>

function drawEvent(task: TaskFacts & DrawnFrom, event: EventOfDraw): NewEvent {
  const { taskId, regionCode, unitId, drawId, label, visitId } = task
  switch (event.type) {
    case 'dispatched':
      return newEvent(taskDispatched, {
        taskId,
        taskNumber: task.taskNumber,
        regionCode,
        unitId,
        drawId,
        visitId,
        ...drawnForFields(task),
        planType: planTypes.toWire(task.planType),
        itemCodes: task.items.map(({ itemCode }) => itemCode),
        window: { ...task.window },
        mergeWindowId: task.mergeWindowId,
        unitCount: event.unitCount,
        organiserUnitId: task.organiserUnitId,
        executingUnitId: task.delegation?.toUnitId,
        supervisionMode: supervisionModeOf(task),
      })
    case 'recused': {
      const { recusalId, raisedBy, inspectorIds, ground, raisedAt } = event.recusal
      return newEvent(taskRecused, {
        taskId,
        regionCode,
        unitId,
        drawId,
        label,
        recusalId,
        raisedBy,
        ground,
        raisedAt,
        teamDrawId: task.team.drawId ?? drawId,
        recusedLabels: concerned(task, inspectorIds).flatMap((member) => member.label ?? []),
      })
    }
    case 'recusal-rejected': {
      const { recusalId, rejectedAt } = event
      return newEvent(taskRecusalRejected, { taskId, regionCode, unitId, drawId, label, recusalId, rejectedAt })
    }
    case 'reassigned': {
      const { reassignedAt } = event
      return newEvent(taskReassigned, { taskId, regionCode, unitId, drawId, label, teamDrawId: task.team.drawId ?? drawId, reassignedAt })
    }
    case 'withdrawn': {
      const { redrawId, withdrawnAt } = event
      return newEvent(taskWithdrawn, { taskId, regionCode, unitId, drawId, redrawId, withdrawnAt })
    }
    default:
      return assertNever(event)
  }
}
