import { chinaDateOf, type Instant } from '@dual-random/kernel'
import type { Publication } from './publication.ts'

/** Who held an overdue record, from when to when; `to` is absent while it still does (ACC-09). */
export interface Holding {
  readonly by: string
  readonly step: 'PUBLICATION' | 'CHANNEL'
  readonly from: Instant
  readonly to?: Instant
  readonly workingDays: number
  /** Of these, how many lie after the due date. */
  readonly daysLate: number
}

/** Working days after the date of `from` up to that of `to`. */
export type WorkingDaysBetween = (from: Instant, to: Instant) => number

/** The unit holds a record from the start of its clock until it asks for publication, the channel from then until it confirms. */
export function holdings(publication: Publication, now: Instant, between: WorkingDaysBetween): readonly Holding[] {
  if (publication.status === 'waiting' || publication.overdueSince === undefined) return []
  const { terms } = publication
  const requestedAt = 'push' in publication ? publication.push.requestedAt : undefined
  const endedAt = endOf(publication)
  const holding = (by: string, step: Holding['step'], from: Instant, to: Instant | undefined): Holding => {
    const until = to ?? now
    const late = from > terms.endsAt ? from : terms.endsAt
    const daysLate = until > late ? between(late, until) : 0
    return { by, step, from, ...(to === undefined ? {} : { to }), workingDays: between(from, until), daysLate }
  }
  const unit = holding(terms.responsibleUnitId, 'PUBLICATION', terms.startedAt, requestedAt ?? endedAt)
  if (requestedAt === undefined || sameDay(requestedAt, endedAt ?? now)) return [unit]
  return [unit, holding('push' in publication ? publication.push.channel : '', 'CHANNEL', requestedAt, endedAt)]
}

function endOf(publication: Exclude<Publication, { readonly status: 'waiting' }>): Instant | undefined {
  if (publication.status === 'exempt') return publication.exemption.at
  return 'publishedAt' in publication ? publication.publishedAt : undefined
}

const sameDay = (a: Instant, b: Instant): boolean => chinaDateOf(a) === chinaDateOf(b)
