import type { Instant } from '@dual-random/kernel'

/** A record whose handling failed, or that waits behind one of its key that did. */
export interface ParkedRecord {
  readonly group: string
  readonly topic: string
  readonly key: string
  readonly seq: number
  /** CloudEvents id; with group and topic it is unique: aggregates of two services may bear the same id. */
  readonly eventId: string
  readonly value: Uint8Array
  readonly headers: Readonly<Record<string, string>>
  /** Partition and offset it came from. */
  readonly origin: string
  readonly attempts: number
  /** When it may be tried again; system time. */
  readonly dueAt: Instant
  /** Code of the last failure; empty for a successor that was never tried. */
  readonly reason: string
}

/** Where parked records wait: the consumer's own store, so that an offset is committed only after a record is safe. */
export interface ParkedStore {
  /** Keeps the first copy when the same event is parked twice. */
  park(record: ParkedRecord): Promise<void>
  /** `topic|key` of every key with parked records. */
  parkedKeys(group: string): Promise<ReadonlySet<string>>
  hasParked(group: string, topic: string, key: string): Promise<boolean>
  /** When `claimDue` may find something next: the earliest due time or end of a lease; undefined when nothing is parked. */
  nextDueAt(group: string): Promise<Instant | undefined>
  /** The first record, by seq, of some key that is due, leased to this caller until `leaseUntil`. */
  claimDue(group: string, now: Instant, leaseUntil: Instant): Promise<ParkedRecord | undefined>
  /** Keeps the lease while the record is worked on. */
  renew(record: ParkedRecord, leaseUntil: Instant): Promise<void>
  /** Gives the lease back with the record's new due time, attempts and reason; no successor of its key is due before it. */
  reschedule(record: ParkedRecord): Promise<void>
  /** Removes a record; the next of its key is due at once. */
  finish(record: ParkedRecord, now: Instant): Promise<void>
  /** Remembers that an event of the key went to the dead letters. */
  rememberBuried(group: string, topic: string, key: string, seq: number): Promise<void>
  /** Whether an event of the key with `from` ≤ seq < `to` went to the dead letters. */
  hasBuried(group: string, topic: string, key: string, range: { readonly from: number; readonly to: number }): Promise<boolean>
}

export const parkedKey = (topic: string, key: string): string => `${topic}|${key}`

/** 5 s, 1 min, 10 min (design §5); after the last the record is a dead letter, unless an outage is to blame. */
export const retryDelaysMs: readonly number[] = [5_000, 60_000, 600_000]
