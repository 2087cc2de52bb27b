import { workingDaysBetween } from '@dual-random/calendar'
import { chinaDateOf, type Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { calendarOf } from '../../tests/support/policies.ts'
import { at, history, known, requested, scheduledEvents, terms } from '../../tests/support/records.ts'
import type { PublicationEvent } from './events.ts'
import { holdings } from './holding.ts'

const calendar = calendarOf(2026)
const between = (from: Instant, to: Instant): number => workingDaysBetween(calendar, chinaDateOf(from), chinaDateOf(to)).days

const overdue: PublicationEvent = { type: 'overdue', since: terms.endsAt }
const now = at('2026-05-15T02:00:00.000Z')

describe('who held an overdue record', () => {
  it('ACC-09 is nobody as long as nothing is late', () => {
    expect(holdings(history(...known), now, between)).toEqual([])
    expect(holdings(history(...scheduledEvents), now, between)).toEqual([])
  })

  it('ACC-09 is the responsible unit until now, with the days in all and those after the due date', () => {
    expect(holdings(history(...scheduledEvents, overdue), now, between)).toEqual([
      { by: '230300-scj', step: 'PUBLICATION', from: terms.startedAt, workingDays: 23, daysLate: 3 },
    ])
  })

  it('ACC-09 is the channel from the request on', () => {
    const asked: PublicationEvent = { ...requested, type: 'push-requested', at: at('2026-05-11T02:00:00.000Z') } as PublicationEvent
    expect(holdings(history(...scheduledEvents, asked, overdue), now, between)).toEqual([
      { by: '230300-scj', step: 'PUBLICATION', from: terms.startedAt, to: '2026-05-11T02:00:00.000Z', workingDays: 19, daysLate: 0 },
      { by: 'publicitySystem', step: 'CHANNEL', from: '2026-05-11T02:00:00.000Z', workingDays: 4, daysLate: 3 },
    ])
  })

  it('ACC-09 ends with the publication; a channel that confirmed the same day held nothing', () => {
    const asked: PublicationEvent = { ...requested, at: at('2026-05-14T02:00:00.000Z') } as PublicationEvent
    const published: PublicationEvent = { type: 'published', at: at('2026-05-14T02:00:03.000Z'), onTime: false, channelReference: 'ref-1' }
    expect(holdings(history(...scheduledEvents, overdue, asked, published), now, between)).toEqual([
      { by: '230300-scj', step: 'PUBLICATION', from: terms.startedAt, to: '2026-05-14T02:00:00.000Z', workingDays: 22, daysLate: 2 },
    ])
    const slow: PublicationEvent = { ...published, at: at('2026-05-15T01:00:00.000Z') }
    expect(holdings(history(...scheduledEvents, overdue, asked, slow), now, between)).toMatchObject([
      { step: 'PUBLICATION', daysLate: 2 },
      { step: 'CHANNEL', workingDays: 1, daysLate: 1, to: '2026-05-15T01:00:00.000Z' },
    ])
  })

  it('ACC-09 ends with an exemption', () => {
    const exempted: PublicationEvent = {
      type: 'exempted',
      exemption: { legalBasis: '依据', approver: 'wang.wu', requestedBy: 'li.si', at: at('2026-05-13T02:00:00.000Z') },
    }
    expect(holdings(history(...scheduledEvents, overdue, exempted), now, between)).toMatchObject([
      { by: '230300-scj', to: '2026-05-13T02:00:00.000Z', daysLate: 1 },
    ])
  })
})
