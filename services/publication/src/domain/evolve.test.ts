import { describe, expect, it } from 'vitest'
import { at, content, history, identity, known, publishedEvent, requested, scheduledEvents, terms } from '../../tests/support/records.ts'
import type { PublicationEvent } from './events.ts'
import { evolve } from './evolve.ts'

const stopped: PublicationEvent = { type: 'stopped', stop: { reason: '期满', by: 'li.si', at: at('2029-04-20T01:00:00.000Z') } }
const exempted: PublicationEvent = {
  type: 'exempted',
  exemption: { legalBasis: '依据', approver: 'wang.wu', requestedBy: 'li.si', at: at('2026-04-20T01:00:00.000Z') },
}

describe('evolve', () => {
  it('counts a provisional due date anew and finally', () => {
    const record = history(...known, { type: 'scheduled', terms: { ...terms, provisional: true } })
    const next = evolve(record, { type: 'recounted', dueDate: terms.dueDate, endsAt: terms.endsAt })
    expect(next).toMatchObject({ terms: { provisional: false, dueDate: '2026-05-12' } })
  })

  it('refuses events that do not fit the state, since only a bug can bring them', () => {
    const misplaced: readonly (readonly [readonly PublicationEvent[], PublicationEvent])[] = [
      [scheduledEvents, { type: 'content-recorded', identity, content }],
      [[], { type: 'scheduled', terms }],
      [known.slice(0, 1), { type: 'scheduled', terms }],
      [known, { type: 'overdue', since: terms.endsAt }],
      [known, requested],
      [scheduledEvents, publishedEvent],
      [scheduledEvents, { type: 'push-failed', failure: 'channel-unavailable', retryAt: terms.endsAt }],
      [[...scheduledEvents, requested], exempted],
      [scheduledEvents, stopped],
    ]
    for (const [events, event] of misplaced) {
      const record = events.length === 0 ? undefined : history(...events)
      expect(() => evolve(record, event), event.type).toThrow(event.type === 'scheduled' ? 'scheduled' : event.type)
    }
  })
})
