import type { OutgoingEvent } from '@dual-random/messaging'
import { recordedResult } from '../../support/result-event.ts'

/** A result's events as a relay hands them to the broker. */
export const outgoingResults = (aggregateId: string, count: number): readonly OutgoingEvent[] =>
  recordedResult(aggregateId, count).events.map(({ type, topic, json }, index) => ({
    aggregateId,
    seq: index + 1,
    type,
    topic,
    json,
    service: 'inspection',
    regionCode: '230300',
    at: '2026-04-20T01:00:00.000Z' as OutgoingEvent['at'],
    traceId: '',
  }))

export function outgoingResult(aggregateId: string): OutgoingEvent {
  const [event] = outgoingResults(aggregateId, 1)
  if (event === undefined) throw new Error('one event was asked for')
  return event
}
