import type { Instant } from '@dual-random/kernel'
import { instantOf } from '@dual-random/kernel'
import type { OutgoingEvent } from '@dual-random/messaging'
import type { InboxEntry } from './aggregate-inbox.ts'
import type { NewEvent } from './new-event.ts'

/** One waiting event inside its aggregate. */
export interface OutboxEntry {
  readonly seq: number
  readonly type: string
  readonly topic: string
  readonly at: Instant
  readonly traceId: string
  /** Text: the relay hands it on unread. */
  readonly json: string
  /** The relay of the process that wrote it, which publishes it while it lives. */
  readonly owner: string
  /** System time, for the sweep: the domain's clock may be the demo's. */
  readonly storedAt: Instant
}

/** One aggregate as stored. `version` is the lock, `seq` counts events only and has no gaps. */
export interface AggregateDocument<S> {
  _id: string
  version: number
  seq: number
  regionCode: string
  unitId: string
  state: S
  outbox: readonly OutboxEntry[]
  /** Last applied seq by source aggregate, for effects of shape 1→1. */
  inbox?: readonly InboxEntry[]
}

export const outboxEntries = (
  events: readonly NewEvent[],
  lastSeq: number,
  envelope: Pick<OutboxEntry, 'at' | 'traceId' | 'owner'>,
): OutboxEntry[] => {
  const storedAt = instantOf(Date.now())
  return events.map(({ type, topic, json }, index) => ({ seq: lastSeq + 1 + index, type, topic, ...envelope, json, storedAt }))
}

export const toOutgoing = (document: Pick<AggregateDocument<unknown>, '_id' | 'regionCode' | 'outbox'>, service: string): OutgoingEvent[] =>
  document.outbox.map(({ seq, type, topic, at, traceId, json }) => ({
    aggregateId: document._id,
    seq,
    type,
    topic,
    service,
    regionCode: document.regionCode,
    at,
    traceId,
    json,
  }))
