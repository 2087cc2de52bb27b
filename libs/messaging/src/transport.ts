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

/** Records of one partition, in order. They count as consumed only once `handle` has returned. */
export interface TransportBatch {
  readonly topic: string
  readonly partition: number
  readonly records: readonly ReceivedRecord[]
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

export interface TransportConsumer {
  /** Epoch milliseconds of the last sign of life from the broker: liveness is judged by it. */
  lastPollAt(): number
  stop(): Promise<void>
}

/**
 * What the project needs of a broker client. `publish` resolves once all in-sync replicas have the records; when it rejects, any of
 * them may or may not be there, and the same records may be published again.
 */
export interface Transport {
  publish(records: readonly TransportRecord[]): Promise<void>
  /** Rejects with `unavailable broker-unavailable` when the broker cannot be reached at the start; later it comes back by itself. */
  consume(options: ConsumeOptions): Promise<TransportConsumer>
  close(): Promise<void>
}
