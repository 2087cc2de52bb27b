import type { EventContract } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { fromRecord, KafkajsTransport, type ReceivedEvent, type TransportRecord, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { createLogger } from '@dual-random/runtime'
import type { TestScope } from '@dual-random/testkit'

export interface Broker {
  /** Publishes the next event of an aggregate, as its owner would; gives its seq. */
  send<M extends object>(
    contract: EventContract<M>,
    aggregateId: string,
    data: M,
    options?: { readonly topic?: string; readonly regionCode?: string },
  ): Promise<number>
  /** Publishes everything sent so far once more. */
  repeat(): Promise<void>
  /** What was published on the listened topics so far, repeats included. */
  readonly heard: readonly ReceivedEvent[]
  close(): Promise<void>
}

/** Speaks and listens on the scope's topics through the real broker. */
export async function broker({ env, topicPrefix }: TestScope, listenTo: readonly string[]): Promise<Broker> {
  const transport = new KafkajsTransport({
    brokers: (env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'test',
    topicPrefix,
    logger: createLogger({ service: 'test', level: 'silent' }),
  })
  const lastSeq = new Map<string, number>()
  const sent: TransportRecord[] = []
  const heard: ReceivedEvent[] = []
  await transport.consume({
    group: 'probe',
    topics: listenTo,
    onAssigned: async () => undefined,
    handle: async ({ records }) => {
      for (const record of records) {
        const event = fromRecord(record)
        if (event.ok) heard.push(event.value)
      }
    },
  })
  return {
    send: async (contract, aggregateId, data, options = {}) => {
      const { type, topic, data: json } = newEvent(contract, data, options)
      const seq = (lastSeq.get(`${topic} ${aggregateId}`) ?? 0) + 1
      lastSeq.set(`${topic} ${aggregateId}`, seq)
      const { regionCode = '230300' } = { ...(data as { readonly regionCode?: string }), ...options }
      const at = '2026-04-20T06:00:00.000Z' as Instant
      const record = toRecord({ aggregateId, seq, type, topic, service: 'test', regionCode, at, traceId: '', data: json })
      sent.push(record)
      await transport.publish([record])
      return seq
    },
    repeat: () => transport.publish(sent),
    heard,
    close: () => transport.close(),
  }
}
