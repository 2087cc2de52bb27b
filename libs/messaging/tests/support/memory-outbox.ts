import { type Instant, instantOf } from '@dual-random/kernel'
import type { OutgoingEvent } from '../../src/event.ts'
import type { OutboxSource } from '../../src/outbox-source.ts'

export interface MemoryOutbox extends OutboxSource {
  /** Puts the next events of an aggregate into its outbox. */
  add(aggregateId: string, count?: number, owner?: string): void
  eventsOf(aggregateId: string): readonly OutgoingEvent[]
  /** Ids of the waiting events, aggregate by aggregate. */
  readonly waiting: readonly string[]
  /** How many aggregates each call of `pending` asked for. */
  readonly reads: readonly number[]
}

interface WaitingEvent {
  readonly event: OutgoingEvent
  readonly owner: string
  readonly storedAt: Instant
}

/** Outboxes without a store; passes the same behaviour suite as the real ones. */
export function memoryOutbox(): MemoryOutbox {
  const outboxes = new Map<string, { lastSeq: number; waiting: readonly WaitingEvent[] }>()
  const reads: number[] = []
  return {
    name: 'things',
    reads,
    add: (aggregateId, count = 1, owner = 'someone') => {
      const { lastSeq, waiting } = outboxes.get(aggregateId) ?? { lastSeq: 0, waiting: [] }
      const storedAt = instantOf(Date.now())
      const added = Array.from({ length: count }, (_, index) => ({ event: outgoing(aggregateId, lastSeq + 1 + index), owner, storedAt }))
      outboxes.set(aggregateId, { lastSeq: lastSeq + count, waiting: [...waiting, ...added] })
    },
    eventsOf: (aggregateId) => outboxes.get(aggregateId)?.waiting.map(({ event }) => event) ?? [],
    get waiting() {
      return [...outboxes.values()].flatMap(({ waiting }) => waiting.map(({ event: { aggregateId, seq } }) => `${aggregateId}:${seq}`))
    },
    pending: async (ids, perAggregate) => {
      reads.push(ids.length)
      return ids.flatMap((id) => outboxes.get(id)?.waiting.slice(0, perAggregate) ?? []).map(({ event }) => event)
    },
    remove: async (acknowledged) => {
      for (const [id, seq] of acknowledged) {
        const outbox = outboxes.get(id)
        if (outbox !== undefined) outbox.waiting = outbox.waiting.filter(({ event }) => event.seq > seq)
      }
    },
    stale: async (before, limit) =>
      [...outboxes]
        .flatMap(
          ([
            aggregateId,
            {
              waiting: [first],
            },
          ]) => (first === undefined || first.storedAt > before ? [] : [{ aggregateId, owner: first.owner }]),
        )
        .slice(0, limit),
  }
}

const outgoing = (aggregateId: string, seq: number): OutgoingEvent => ({
  aggregateId,
  seq,
  type: 't',
  topic: 'topic',
  service: 'registry',
  regionCode: '230300',
  at: '2026-01-01T00:00:00.000Z' as Instant,
  traceId: '',
  json: '{}',
})
