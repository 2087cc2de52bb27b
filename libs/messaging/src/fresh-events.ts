import type { OutgoingEvent } from './event.ts'

/** What one relay remembers at most; beyond that it reads the outboxes. */
const eventsAtMost = 5_000

/**
 * All events of aggregates that this process has just created: they are at the head of their outbox, and need not be read from there.
 * Whatever else happens to such an aggregate meanwhile ends that.
 */
export class FreshEvents {
  readonly #byAggregate = new Map<string, readonly OutgoingEvent[]>()
  #count = 0

  add(aggregateId: string, events: readonly OutgoingEvent[]): void {
    if (this.#count + events.length > eventsAtMost) return
    this.#byAggregate.set(aggregateId, events)
    this.#count += events.length
  }

  /** Undefined where the outbox is to be read. */
  take(aggregateId: string): readonly OutgoingEvent[] | undefined {
    const events = this.#byAggregate.get(aggregateId)
    if (events === undefined) return undefined
    this.#byAggregate.delete(aggregateId)
    this.#count -= events.length
    return events
  }
}
