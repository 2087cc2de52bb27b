import type { ConsumeOptions, ReceivedRecord, Transport, TransportRecord } from '../../src/transport.ts'

export interface FakeTransport extends Transport {
  readonly published: readonly TransportRecord[]
  /** Thrown by `publish` while it is set. */
  failure: Error | undefined
  /** Hands records to the consumer as one batch of a partition; rejects with what makes the partition wait. */
  deliver(records: readonly TransportRecord[], options?: { readonly isStale?: () => boolean }): Promise<void>
  /** Says that partitions were assigned. */
  assign(): Promise<void>
}

/** A broker of one consumer and one partition, in hand of the test. */
export function fakeTransport(): FakeTransport {
  const published: TransportRecord[] = []
  let consuming: ConsumeOptions | undefined
  let offset = 0
  const transport: FakeTransport = {
    published,
    failure: undefined,
    publish: async (records) => {
      if (transport.failure !== undefined) throw transport.failure
      published.push(...records)
    },
    consume: async (options) => {
      consuming = options
      return { lastPollAt: () => 1, stop: async () => undefined }
    },
    close: async () => undefined,
    deliver: async (records, { isStale = () => false } = {}) => {
      const received = records.map((record): ReceivedRecord => ({ ...record, partition: 0, offset: String(offset++) }))
      await consuming?.handle({
        topic: received[0]?.topic ?? '',
        partition: 0,
        records: received,
        heartbeat: async () => undefined,
        isStale,
      })
    },
    assign: async () => consuming?.onAssigned(),
  }
  return transport
}
