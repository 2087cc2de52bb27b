import type { Instant } from '@dual-random/kernel'
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

/** Outboxes without a store. Whatever waits counts as stale. */
export function memoryOutbox(): MemoryOutbox {
  const outboxes = new Map<string, { readonly owner: string; lastSeq: number; events: readonly OutgoingEvent[] }>()
  const reads: number[] = []
  return {
    name: 'things',
    reads,
    add: (aggregateId, count = 1, owner = 'someone') => {
      const outbox = outboxes.get(aggregateId) ?? { owner, lastSeq: 0, events: [] }
      const added = Array.from({ length: count }, (_, index) => outgoing(aggregateId, outbox.lastSeq + 1 + index))
      outboxes.set(aggregateId, { owner, lastSeq: outbox.lastSeq + count, events: [...outbox.events, ...added] })
    },
    eventsOf: (aggregateId) => outboxes.get(aggregateId)?.events ?? [],
    get waiting() {
      return [...outboxes.values()].flatMap(({ events }) => events.map(({ aggregateId, seq }) => `${aggregateId}:${seq}`))
    },
    pending: async (ids, perAggregate) => {
      reads.push(ids.length)
      return ids.flatMap((id) => outboxes.get(id)?.events.slice(0, perAggregate) ?? [])
    },
    remove: async (acknowledged) => {
      for (const [id, seq] of acknowledged) {
        const outbox = outboxes.get(id)
        if (outbox !== undefined) outbox.events = outbox.events.filter((event) => event.seq > seq)
      }
    },
    stale: async (_before, limit) =>
      [...outboxes]
        .filter(([, { events }]) => events.length > 0)
        .map(([aggregateId, { owner }]) => ({ aggregateId, owner }))
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
