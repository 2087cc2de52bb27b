import type { ReceivedEvent } from './event.ts'

/** What a service does with the events of one topic. */
export interface Subscription {
  readonly topic: string
  /**
   * Applies the event's effect exactly once and advances the mark of its aggregate; does nothing for a seq at or below the mark;
   * throws `sequence-gap` for one that is not the next. May be called again after any failure.
   */
  handle(event: ReceivedEvent): Promise<void>
  /** Last applied seq of each aggregate; aggregates without a mark are left out. */
  marks(aggregateIds: readonly string[]): Promise<ReadonlyMap<string, number>>
}
