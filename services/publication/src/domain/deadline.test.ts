import { describe, expect, it } from 'vitest'
import { calendarOf, counterOf, valueOf } from '../../tests/support/policies.ts'
import { at, end, history, known, publishedEvent, requested, scheduledEvents, terms, termsInput } from '../../tests/support/records.ts'
import { lateness, recount } from './deadline.ts'
import { termsOf } from './terms.ts'

const counter = counterOf(calendarOf(2025, 2026))

describe('lateness', () => {
  it('PUB-05 begins when the due date has ended, not with its last moment', () => {
    const record = history(...scheduledEvents)
    expect(lateness(record, terms.endsAt)).toEqual([])
    expect(lateness(record, at('2026-05-12T16:00:00.000Z'))).toEqual([{ type: 'overdue', since: terms.endsAt }])
  })

  it('is told once, and never of what is published or has no due date yet', () => {
    const never = at('2027-01-01T00:00:00.000Z')
    expect(lateness(history(...scheduledEvents, { type: 'overdue', since: terms.endsAt }), never)).toEqual([])
    expect(lateness(history(...scheduledEvents, requested, publishedEvent), never)).toEqual([])
    expect(lateness(history(...known), never)).toEqual([])
  })
})

describe('a provisional due date', () => {
  const lateEnd = { ...end, taskCompletedAt: at('2026-04-10T09:00:00.000Z') }
  const provisional = valueOf(termsOf({ ...termsInput, end: lateEnd, counter: counterOf(calendarOf(2025)) }))
  const record = history(...known, { type: 'scheduled', terms: provisional })

  it('DQ-08 is counted again once the notice of its year is loaded', () => {
    expect(provisional).toMatchObject({ provisional: true, dueDate: '2026-05-08' })
    expect(recount(record, counterOf(calendarOf(2025)))).toEqual([])
    const [event] = recount(record, counter)
    expect(event).toEqual({ type: 'recounted', dueDate: '2026-05-12', endsAt: '2026-05-12T15:59:59.999Z' })
    expect(event === undefined || recount(history(...known, { type: 'scheduled', terms: provisional }, event), counter)).toEqual([])
  })

  it('stands once it has passed, or when nothing is due any more', () => {
    const overdue = { type: 'overdue' as const, since: provisional.endsAt }
    expect(recount(history(...known, { type: 'scheduled', terms: provisional }, overdue), counter)).toEqual([])
    expect(recount(history(...scheduledEvents), counter)).toEqual([])
    expect(recount(history(...scheduledEvents, requested, publishedEvent), counter)).toEqual([])
  })
})
