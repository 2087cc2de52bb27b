import type { ConsumeOptions, ReceivedRecord, Transport, TransportRecord } from '../../src/transport.ts'

export interface FakeTransport extends Transport {
  readonly published: readonly TransportRecord[]
  /** Thrown by `publish` while it is set. */
  failure: Error | undefined
  /** On the topic before all that was delivered, and never delivered: skipped. */
  onlyOnTopic: readonly TransportRecord[]
  /** How often a topic was read again. */
  rereads: number
  /** Hands records to the consumer as one batch of a partition; rejects with what makes the partition wait. */
  deliver(records: readonly TransportRecord[], options?: { readonly isStale?: () => boolean }): Promise<void>
  /** Says that partitions were assigned. */
  assign(): Promise<void>
}

/** A broker of one consumer and one partition, in hand of the test. */
export function fakeTransport(): FakeTransport {
  const published: TransportRecord[] = []
  let consuming: ConsumeOptions | undefined
  const delivered: ReceivedRecord[] = []
  let offset = 0
  const transport: FakeTransport = {
    published,
    failure: undefined,
    reread: async ({ topic, keys, each }) => {
      transport.rereads++
      const lost = transport.onlyOnTopic.map((record): ReceivedRecord => ({ ...record, partition: 0, offset: '0' }))
      for (const record of [...lost, ...delivered]) if (record.topic === topic && keys.has(record.key)) await each(record)
    },
    rereads: 0,
    onlyOnTopic: [],
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
      delivered.push(...received)
      await consuming?.handle({
        topic: received[0]?.topic ?? '',
        partition: 0,
        records: received,
        lag: 0,
        heartbeat: async () => undefined,
        isStale,
      })
    },
    assign: async () => consuming?.onAssigned(),
  }
  return transport
}
