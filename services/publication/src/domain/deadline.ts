import { chinaDateOf, endOfChinaDate, type Instant } from '@dual-random/kernel'
import type { WorkingDayCounter } from '@dual-random/policy'
import type { PublicationEvent } from './events.ts'
import { isOpen, type Publication } from './publication.ts'

/** What the clock has already decided: overdue once, as soon as anything looks at the record after the end of its due date. */
export function lateness(publication: Publication, now: Instant): readonly PublicationEvent[] {
  if (!isOpen(publication) || publication.overdueSince !== undefined || now <= publication.terms.endsAt) return []
  return [{ type: 'overdue', since: publication.terms.endsAt }]
}

/** A provisional due date counted with a calendar that now knows its days; nothing while it does not, or once it has passed (DQ-08). */
export function recount(publication: Publication, counter: WorkingDayCounter): readonly PublicationEvent[] {
  if (!isOpen(publication) || !publication.terms.provisional || publication.overdueSince !== undefined) return []
  const { date, provisional } = counter(chinaDateOf(publication.terms.startedAt), publication.terms.workingDays)
  return provisional ? [] : [{ type: 'recounted', dueDate: date, endsAt: endOfChinaDate(date) }]
}
