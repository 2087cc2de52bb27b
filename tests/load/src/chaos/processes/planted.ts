import { setTimeout as pause } from 'node:timers/promises'
import { OutboxRelay, type OutboxSource, type Transport } from '@dual-random/messaging'
import { type AggregateStore, inboxMarks, type Store } from '@dual-random/mongo'
import type { Plant } from '../plan/plant.ts'

/** What the bug leaves undone for so long: a crash in between is not rare. */
const gapMs = 150

/** `commit-before-effect`: the offset is committed while the batch has yet to be handled. */
export function plantedTransport(plant: Plant | undefined, transport: Transport): Transport {
  if (plant !== 'commit-before-effect') return transport
  const behind = new Map<string, Promise<void>>()
  return {
    publish: (records) => transport.publish(records),
    reread: (options) => transport.reread(options),
    close: () => transport.close(),
    consume: (options) =>
      transport.consume({
        ...options,
        handle: async (batch) => {
          const partition = `${batch.topic}/${batch.partition}`
          const before = behind.get(partition) ?? Promise.resolve()
          const handled = before.then(() => pause(gapMs)).then(() => options.handle({ ...batch, isStale: () => false }))
          behind.set(
            partition,
            handled.catch(() => undefined),
          )
        },
      }),
  }
}

/** `clear-before-ack`: the outbox is cleared when it is read, and the broker is asked afterwards. */
export class ClearingRelay extends OutboxRelay {
  readonly #clearing = new Map<OutboxSource, OutboxSource>()

  override register(source: OutboxSource): void {
    const clearing: OutboxSource = {
      name: source.name,
      stale: (before, limit) => source.stale(before, limit),
      remove: async () => undefined,
      pending: async (aggregateIds, perAggregate) => {
        const events = await source.pending(aggregateIds, perAggregate)
        await source.remove(new Map(events.map(({ aggregateId, seq }) => [aggregateId, seq])))
        return events
      },
    }
    this.#clearing.set(source, clearing)
    super.register(clearing)
  }

  override wake(source: OutboxSource, aggregateIds: Iterable<string>): void {
    super.wake(this.#clearing.get(source) ?? source, aggregateIds)
  }
}

/** `mark-elsewhere`: the mark of a 1→1 effect stands in another document, written after the effect. */
export function plantedAggregates<S>(plant: Plant | undefined, store: Store, open: AggregateStore<S>): AggregateStore<S> {
  if (plant !== 'mark-elsewhere') return open
  const marks = inboxMarks(store)
  return {
    ...open,
    applyEvent: async (event, id, decide) => {
      const marked = `${id}<${event.topic}`
      if ((await marks.read(marked, event.aggregateId)) >= event.seq) return 'duplicate'
      await open.update(id, decide)
      await pause(gapMs)
      await marks.advance(marked, event.aggregateId, event.seq)
      return 'applied'
    },
  }
}
