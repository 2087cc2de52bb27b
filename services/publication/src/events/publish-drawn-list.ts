import { drawnForFields, events, objectKinds } from '@dual-random/contracts'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { DrawnList } from '../domain/drawn-list.ts'
import { type DrawnSubject, isPublicSubject, type SubjectEvent } from '../domain/drawn-subject.ts'

const { publication: contracts } = events

/** The contract event of a list: whose, and how many; nobody on it. */
export function tellDrawnList(list: DrawnList): NewEvent {
  const { drawId, regionCode, unitId, taskName, batch, drawn, parentDrawId, rules } = list
  const { timing } = rules
  return newEvent(contracts.drawnListOpened, {
    drawId,
    regionCode,
    unitId,
    ...drawnForFields(list),
    taskName,
    batch,
    drawn,
    timing,
    parentDrawId,
  })
}

/** The contract event of what happened to a subject; one that is not public is not named (DRW-34). */
export function tellDrawnSubject(event: SubjectEvent, subject: DrawnSubject): NewEvent {
  const { subjectId, drawId, regionCode, unitId } = subject
  const ids = { subjectId, drawId, regionCode, unitId }
  switch (event) {
    case 'overdue':
      return newEvent(contracts.drawnSubjectOverdue, { ...ids, dueDate: subject.deadline?.dueDate ?? '' })
    case 'published':
      return newEvent(contracts.drawnSubjectPublished, { ...ids, ...published(subject) })
    case 'replaced': {
      if (!('replaced' in subject) || subject.replaced === undefined) throw misplaced(event, subject)
      return newEvent(contracts.drawnSubjectReplaced, { ...ids, redrawId: subject.replaced.redrawId, replacedAt: subject.replaced.at })
    }
    default:
      return assertNever(event)
  }
}

function published(subject: DrawnSubject) {
  if (!isPublicSubject(subject)) throw misplaced('published', subject)
  const { object, visit, confirmed, push } = subject
  return {
    objectCode: object.objectCode,
    objectName: object.objectName,
    objectKind: objectKinds.toWire(object.objectKind),
    checkedByUnitId: visit?.unitId,
    checkedOn: visit?.checkedOn,
    publishedAt: confirmed.publishedAt,
    onTime: confirmed.onTime,
    channel: push.channel,
    channelReference: confirmed.channelReference,
  }
}

const misplaced = (event: SubjectEvent, { subjectId, status }: DrawnSubject): Error =>
  new Error(`${event} of ${subjectId}, which is ${status}`)
