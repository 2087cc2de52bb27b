import type { Logger } from '@dual-random/runtime'

// The shapes of libs/messaging, which tests with this package and therefore cannot be imported here.

export interface RecordShape {
  readonly topic: string
  readonly key: string
  readonly value: Uint8Array
  readonly headers: Readonly<Record<string, string>>
}

export interface ReceivedShape extends RecordShape {
  readonly partition: number
  readonly offset: string
}

export interface BatchShape {
  readonly topic: string
  readonly partition: number
  readonly records: readonly ReceivedShape[]
  readonly lag: number
  heartbeat(): Promise<void>
  isStale(): boolean
}

export interface ConsumerShape {
  lastPollAt(): number
  stop(): Promise<void>
}

export interface TransportShape {
  publish(records: readonly RecordShape[]): Promise<void>
  consume(options: {
    readonly group: string
    readonly topics: readonly string[]
    readonly handle: (batch: BatchShape) => Promise<void>
    readonly onAssigned: () => Promise<void>
  }): Promise<ConsumerShape>
  reread(options: {
    readonly topic: string
    readonly keys: ReadonlySet<string>
    readonly each: (record: ReceivedShape) => Promise<void>
    readonly signal?: AbortSignal
  }): Promise<void>
  close(): Promise<void>
}

export interface TransportAddress {
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly topicPrefix: string
  readonly logger: Logger
}

/** A transport of its own process, as it were. */
export type OpenTransport = (address: TransportAddress) => TransportShape

/** What a handler throws to leave its partition uncommitted for a while. */
export type MakePause = (pauseMs: number, cause: unknown) => Error
