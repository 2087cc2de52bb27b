import { events, type ResultTypeName, resultTypes } from '@dual-random/contracts'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { PublicationEvent } from '../domain/events.ts'
import type { Objection } from '../domain/objection.ts'
import type { Publication, Ruled } from '../domain/publication.ts'

const { publication: contracts } = events

/** The contract events of a domain event; what only this service needs to know is told to nobody. */
export function tellPublication(event: PublicationEvent, publication: Publication): readonly NewEvent[] {
  switch (event.type) {
    case 'content-recorded':
    case 'task-ended':
    case 'blocked':
    case 'push-requested':
    case 'push-claimed':
    case 'push-failed':
      return []
    case 'scheduled':
    case 'recounted':
      return [scheduled(ruled(publication))]
    case 'overdue':
      return [overdue(ruled(publication))]
    case 'published':
      return [published(ruled(publication), event)]
    case 'exempted':
      return [newEvent(contracts.publicationExempted, { ...ids(publication), legalBasis: event.exemption.legalBasis })]
    case 'stopped':
      return [newEvent(contracts.publicationStopped, { ...ids(publication), reason: event.stop.reason, stoppedAt: event.stop.at })]
    default:
      return assertNever(event)
  }
}

/** The contract event of an objection as it now stands. */
export function tellObjection({ objectionId, publicationId, regionCode, unitId, decision }: Objection): NewEvent {
  const data = { objectionId, publicationId, regionCode, unitId }
  return decision === undefined
    ? newEvent(contracts.objectionFiled, data)
    : newEvent(contracts.objectionDecided, { ...data, outcome: decision.outcome })
}

function ruled(publication: Publication): Ruled {
  if (publication.status === 'waiting') throw new Error(`${publication.publicationId} has no rules yet`)
  return publication
}

const ids = ({ publicationId, resultId, taskId, regionCode, unitId }: Publication) => ({
  publicationId,
  resultId,
  taskId,
  regionCode,
  unitId,
})

function scheduled(publication: Ruled): NewEvent {
  const { dueDate, provisional } = publication.terms
  return newEvent(contracts.publicationScheduled, { ...ids(publication), dueDate, provisional })
}

/** Told of the unit that counts as late (PUB-12). */
function overdue(publication: Ruled): NewEvent {
  const { dueDate, responsibleUnitId } = publication.terms
  return newEvent(contracts.publicationOverdue, { ...ids(publication), unitId: responsibleUnitId, dueDate })
}

function published(publication: Ruled, event: Extract<PublicationEvent, { readonly type: 'published' }>): NewEvent {
  const { content, terms } = publication
  const { objectCode, objectName, itemCode, itemName, resultType, subValue } = content
  return newEvent(contracts.publicationPublished, {
    ...ids(publication),
    publishedAt: event.at,
    onTime: event.onTime,
    channel: 'push' in publication ? publication.push.channel : '',
    channelReference: event.channelReference,
    objectCode,
    objectName,
    itemCode,
    itemName,
    resultType: resultTypes.toWire(resultType as ResultTypeName),
    subValue,
    negative: terms.negative,
  })
}
