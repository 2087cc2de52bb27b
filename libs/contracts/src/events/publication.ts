import { PublicationOverdue, PublicationPublished, PublicationScheduled } from '../publication.ts'
import { aggregateEvents } from './event-contract.ts'

const publication = aggregateEvents('publication', 'publication')

export const publicationEvents = {
  publicationScheduled: publication('scheduled', PublicationScheduled),
  publicationPublished: publication('published', PublicationPublished, ['subValue']),
  publicationOverdue: publication('overdue', PublicationOverdue),
} as const
