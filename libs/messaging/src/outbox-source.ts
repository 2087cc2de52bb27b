import type { Instant } from '@dual-random/kernel'
import type { OutgoingEvent } from './event.ts'

/** An aggregate whose first waiting event is old: its writer crashed, or has more to publish than it can. */
export interface StaleOutbox {
  readonly aggregateId: string
  /** The relay of the process that wrote the event. */
  readonly owner: string
}

/** One collection of aggregates with embedded outboxes. */
export interface OutboxSource {
  readonly name: string
  /** The first waiting events of those aggregates, at most so many of each, in order of seq within each. */
  pending(aggregateIds: readonly string[], perAggregate: number): Promise<readonly OutgoingEvent[]>
  /** Removes, and only removes, what was acknowledged: per aggregate all events up to a seq. */
  remove(acknowledged: ReadonlyMap<string, number>): Promise<void>
  /** Aggregates whose first waiting event was stored at or before that instant of system time. */
  stale(before: Instant, limit: number): Promise<readonly StaleOutbox[]>
}

/**
 * Who publishes what a relay wrote: itself while it lives, whoever takes its lease over afterwards. A lease saves work, not order: a
 * holder that outlives its lease publishes events a second time, which consumers drop by seq.
 */
export interface RelayLeases {
  /** Takes or renews the lease on what `owner` wrote; false while another holds it. */
  hold(owner: string, holder: string, now: Instant, until: Instant): Promise<boolean>
}
