import { assertNever } from '@dual-random/kernel'
import type { PublicationEvent } from './events.ts'
import { isOpen, type Pending, type Publication, type Published, type Scheduled, type Waiting } from './publication.ts'

type EventOf<Type extends PublicationEvent['type']> = Extract<PublicationEvent, { readonly type: Type }>

/** The record after an event. An event that does not fit its state is a bug and throws. */
export function evolve(publication: Publication | undefined, event: PublicationEvent): Publication {
  switch (event.type) {
    case 'content-recorded':
      return { ...waiting(publication ?? { status: 'waiting', ...event.identity }, event), content: event.content }
    case 'task-ended':
      return { ...waiting(publication ?? { status: 'waiting', ...event.identity }, event), end: event.end }
    case 'blocked':
      return { ...waiting(publication, event), block: event.block }
    case 'scheduled':
      return scheduled(waiting(publication, event), event)
    case 'recounted': {
      const current = open(publication, event)
      return { ...current, terms: { ...current.terms, dueDate: event.dueDate, endsAt: event.endsAt, provisional: false } }
    }
    case 'overdue':
      return { ...open(publication, event), overdueSince: event.since }
    case 'push-requested': {
      const { type: _type, by, at, ...push } = event
      return { ...open(publication, event), status: 'pending', push: { ...push, requestedBy: by, requestedAt: at, attempts: 0 } }
    }
    case 'push-claimed': {
      const current = pending(publication, event)
      return { ...current, push: { ...current.push, retryAt: event.retryAt } }
    }
    case 'push-failed': {
      const current = pending(publication, event)
      const { failure, retryAt } = event
      return { ...current, push: { ...current.push, attempts: current.push.attempts + 1, lastFailure: failure, retryAt } }
    }
    case 'published':
      return published(pending(publication, event), event)
    case 'exempted': {
      if (publication?.status !== 'scheduled') throw misplaced(publication, event)
      return { ...publication, status: 'exempt', exemption: event.exemption }
    }
    case 'stopped': {
      if (publication?.status !== 'published') throw misplaced(publication, event)
      return { ...publication, status: 'stopped', stop: event.stop }
    }
    default:
      return assertNever(event)
  }
}

function scheduled({ content, end, block: _block, ...identity }: Waiting, event: EventOf<'scheduled'>): Scheduled {
  if (content === undefined || end === undefined) throw new Error(`${identity.publicationId} is scheduled without content or task end`)
  return { ...identity, status: 'scheduled', content, end, terms: event.terms }
}

function published(current: Pending, { at, onTime, channelReference }: EventOf<'published'>): Published {
  return { ...current, status: 'published', publishedAt: at, onTime, channelReference }
}

const misplaced = (publication: Publication | undefined, event: PublicationEvent): Error =>
  new Error(`${event.type} on ${publication?.publicationId ?? 'nothing'}, which is ${publication?.status ?? 'new'}`)

function waiting(publication: Publication | undefined, event: PublicationEvent): Waiting {
  if (publication?.status !== 'waiting') throw misplaced(publication, event)
  return publication
}

function open(publication: Publication | undefined, event: PublicationEvent): Scheduled | Pending {
  if (publication === undefined || !isOpen(publication)) throw misplaced(publication, event)
  return publication
}

function pending(publication: Publication | undefined, event: PublicationEvent): Pending {
  if (publication?.status !== 'pending') throw misplaced(publication, event)
  return publication
}
