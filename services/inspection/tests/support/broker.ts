import type { EventContract } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { fromRecord, KafkajsTransport, type ReceivedEvent, type TransportRecord, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { createLogger } from '@dual-random/runtime'
import type { TestScope } from '@dual-random/testkit'

/** The next event of an aggregate, ready to be sent; each call counts the aggregate's events on. */
export type Tell = <M extends object>(contract: EventContract<M>, aggregateId: string, data: M, at?: string) => TransportRecord

export interface Broker {
  readonly tell: Tell
  send(records: readonly TransportRecord[]): Promise<void>
  readonly heard: readonly ReceivedEvent[]
  close(): Promise<void>
}

const sentTogether = 1000

/** Speaks and listens on the scope's topics through the real broker. */
export async function broker(scope: TestScope, listenTo: readonly string[]): Promise<Broker> {
  const transport = new KafkajsTransport({
    brokers: (scope.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'test',
    topicPrefix: scope.topicPrefix,
    logger: createLogger({ service: 'test', level: 'fatal' }),
  })
  const lastSeq = new Map<string, number>()
  const heard: ReceivedEvent[] = []
  if (listenTo.length > 0)
    await transport.consume({
      group: `${scope.topicPrefix}probe`,
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
    tell: (contract, aggregateId, data, at = '2026-04-10T09:00:00.000Z') => {
      const { type, topic, data: json } = newEvent(contract, data)
      const key = `${topic} ${aggregateId}`
      const seq = (lastSeq.get(key) ?? 0) + 1
      lastSeq.set(key, seq)
      const { regionCode } = data as { readonly regionCode: string }
      return toRecord({ aggregateId, seq, type, topic, service: 'test', regionCode, at: at as Instant, traceId: '', data: json })
    },
    send: async (records) => {
      for (let start = 0; start < records.length; start += sentTogether) await transport.publish(records.slice(start, start + sentTogether))
    },
    heard,
    close: () => transport.close(),
  }
}
