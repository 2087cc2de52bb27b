import { events } from '@dual-random/contracts'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { ClueChange } from '../domain/clue.ts'
import type { ClueTaskChange } from '../domain/clue-task.ts'

const { planning } = events

/** What others are told of a clue: never what it says, nor of whom. */
export function tellClue({ clue, event, releasedFrom }: ClueChange): NewEvent {
  const { clueId, regionCode, unitId } = clue
  const head = { clueId, regionCode, unitId }
  const misplaced = () => new Error(`${event} of ${clueId}, which is ${clue.status}`)
  switch (event) {
    case 'recorded': {
      const { source, receivedAt, due } = clue
      return newEvent(planning.clueRecorded, { ...head, source, receivedAt, ...(due === undefined ? {} : { dueDate: due.date }) })
    }
    case 'clustered':
      if (clue.status !== 'CLUSTERED') throw misplaced()
      return newEvent(planning.clueClustered, { ...head, taskId: clue.taskId })
    case 'released':
      if (releasedFrom === undefined) throw misplaced()
      return newEvent(planning.clueReleased, { ...head, taskId: releasedFrom })
    case 'checked': {
      if (clue.status !== 'CHECKED') throw misplaced()
      const { at, checkTaskId } = clue.check
      return newEvent(planning.clueChecked, { ...head, checkedAt: at, ...(checkTaskId === undefined ? {} : { checkTaskId }) })
    }
    case 'closed':
      if (clue.status !== 'CLOSED') throw misplaced()
      return newEvent(planning.clueClosed, { ...head, reason: clue.closing.reason })
    default:
      return assertNever(event)
  }
}

export function tellClueTask({ task, event }: ClueTaskChange): NewEvent {
  const { taskId, regionCode, unitId, clueIds, trigger, form } = task
  const head = { taskId, regionCode, unitId }
  const misplaced = () => new Error(`${event} of ${taskId}, which is ${task.status}`)
  switch (event) {
    case 'proposed':
      return newEvent(planning.clueTaskProposed, { ...head, clueIds: [...clueIds], trigger: trigger.id, form })
    case 'accepted':
      if (task.status !== 'ACCEPTED') throw misplaced()
      return newEvent(planning.clueTaskAccepted, { ...head, clueIds: [...clueIds], subjectDigest: task.accepted.subjectDigest })
    case 'withdrawn':
      if (task.status !== 'WITHDRAWN') throw misplaced()
      return newEvent(planning.clueTaskWithdrawn, { ...head, reason: task.withdrawn.reason })
    default:
      return assertNever(event)
  }
}
