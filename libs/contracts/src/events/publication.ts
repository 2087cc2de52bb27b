import {
  ObjectionDecided,
  ObjectionFiled,
  PublicationExempted,
  PublicationOverdue,
  PublicationPublished,
  PublicationScheduled,
  PublicationStopped,
} from '../publication.ts'
import { aggregateEvents } from './event-contract.ts'

const publication = aggregateEvents('publication', 'publication')
const objection = aggregateEvents('publication', 'objection')

export const publicationEvents = {
  publicationScheduled: publication('scheduled', PublicationScheduled),
  publicationPublished: publication('published', PublicationPublished, ['subValue']),
  publicationOverdue: publication('overdue', PublicationOverdue),
  publicationExempted: publication('exempted', PublicationExempted),
  publicationStopped: publication('stopped', PublicationStopped),
  objectionFiled: objection('filed', ObjectionFiled),
  objectionDecided: objection('decided', ObjectionDecided),
} as const
