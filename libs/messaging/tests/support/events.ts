import { events } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { type OutgoingEvent, toRecord } from '../../src/event.ts'
import type { TransportRecord } from '../../src/transport.ts'

export const { inspectorRegistered } = events.registry

export const outgoing = (inspectorId: string, seq: number): OutgoingEvent => ({
  aggregateId: inspectorId,
  seq,
  type: inspectorRegistered.type,
  topic: inspectorRegistered.topic,
  service: 'registry',
  regionCode: '230300',
  at: '2026-01-01T00:00:00.000Z' as Instant,
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  json: JSON.stringify({ inspectorId, regionCode: '230300', unitId: 'u1' }),
})

/** An event of an inspector as it stands on its topic. */
export const inspectorRecord = (inspectorId: string, seq: number): TransportRecord => toRecord(outgoing(inspectorId, seq))
