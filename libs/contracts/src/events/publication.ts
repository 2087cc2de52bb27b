import {
  DrawnListOpened,
  DrawnSubjectOverdue,
  DrawnSubjectPublished,
  DrawnSubjectReplaced,
  ObjectionDecided,
  ObjectionFiled,
  PublicationExempted,
  PublicationOverdue,
  PublicationPublished,
  PublicationScheduled,
  PublicationStopped,
  PublishedPlanDelivered,
  PublishedPlanUndelivered,
} from '../publication.ts'
import { aggregateEvents, clueTaskForLine } from './event-contract.ts'

const publication = aggregateEvents('publication', 'publication')
const objection = aggregateEvents('publication', 'objection')
const drawnList = aggregateEvents('publication', 'drawn-list')
const drawnSubject = aggregateEvents('publication', 'drawn-subject')
const publishedPlan = aggregateEvents('publication', 'published-plan')

export const publicationEvents = {
  publicationScheduled: publication('scheduled', PublicationScheduled),
  publicationPublished: publication('published', PublicationPublished, ['subValue']),
  publicationOverdue: publication('overdue', PublicationOverdue),
  publicationExempted: publication('exempted', PublicationExempted),
  publicationStopped: publication('stopped', PublicationStopped),
  objectionFiled: objection('filed', ObjectionFiled),
  objectionDecided: objection('decided', ObjectionDecided),
  drawnListOpened: drawnList('opened', DrawnListOpened, ['parentDrawId', ...clueTaskForLine]),
  drawnSubjectPublished: drawnSubject('published', DrawnSubjectPublished, ['checkedByUnitId', 'checkedOn', 'onTime']),
  drawnSubjectOverdue: drawnSubject('overdue', DrawnSubjectOverdue),
  drawnSubjectReplaced: drawnSubject('replaced', DrawnSubjectReplaced),
  publishedPlanDelivered: publishedPlan('delivered', PublishedPlanDelivered),
  publishedPlanUndelivered: publishedPlan('undelivered', PublishedPlanUndelivered),
} as const
