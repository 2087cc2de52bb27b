import type { Instant } from '@dual-random/kernel'

/** One record on a topic. Topics are logical; a transport adds the deployment's prefix. */
export interface TransportRecord {
  readonly topic: string
  readonly key: string
  readonly value: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

export interface ReceivedRecord extends TransportRecord {
  readonly partition: number
  readonly offset: string
}

/** A record with the broker's time of it. */
export interface StoredRecord extends ReceivedRecord {
  readonly at: Instant
}

/** Records of one partition, in order. They count as consumed only once `handle` has returned. */
export interface TransportBatch {
  readonly topic: string
  readonly partition: number
  readonly records: readonly ReceivedRecord[]
  /** Records of the partition behind this batch when it was fetched. */
  readonly lag: number
  /** Keeps the member in its group during long work. */
  heartbeat(): Promise<void>
  /** True once the partition was taken away: the work may stop, nothing will be committed. */
  isStale(): boolean
}

/** Thrown by a batch handler to leave the partition uncommitted and try again after a pause. */
export class PausePartition extends Error {
  readonly pauseMs: number

  constructor(pauseMs: number, cause: unknown) {
    super(`partition paused for ${pauseMs} ms`, { cause })
    this.name = 'PausePartition'
    this.pauseMs = pauseMs
  }
}

export interface ConsumeOptions {
  readonly group: string
  readonly topics: readonly string[]
  readonly handle: (batch: TransportBatch) => Promise<void>
  /** Called whenever partitions were assigned, before their records come. */
  readonly onAssigned: () => Promise<void>
}

export interface RereadOptions {
  readonly topic: string
  readonly keys: ReadonlySet<string>
  /** Gets the records of those keys, each key's in order. */
  readonly each: (record: ReceivedRecord) => Promise<void>
  /** Ends the reading at once. */
  readonly signal?: AbortSignal
}

export interface TransportConsumer {
  /** Epoch milliseconds of the last sign of life from the broker: liveness is judged by it. */
  lastPollAt(): number
  /** Leaves the group as soon as the batches in hand have ended, which `isStale` tells them to do; the same for every caller. */
  stop(): Promise<void>
}

/** What the project needs of a broker client; what every one must do is `transportBehaviour` of libs/testkit. */
export interface Transport {
  /**
   * Resolves once all in-sync replicas have the records, those of a key in order behind those of every earlier call that has ended. When
   * it rejects, which it does within a bounded time, any of them may be there, and the same records may be published again.
   */
  publish(records: readonly TransportRecord[]): Promise<void>
  /** Rejects with `unavailable broker-unavailable` when the broker cannot be reached at the start; later it comes back by itself. */
  consume(options: ConsumeOptions): Promise<TransportConsumer>
  /** Reads a topic from its oldest record to its end at the time of the call, beside all groups; rejects when it is ended before. */
  reread(options: RereadOptions): Promise<void>
  /** Stops the consumers and gives what is being published a moment to end; everything asked of the transport afterwards rejects. */
  close(): Promise<void>
}
