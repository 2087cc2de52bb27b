import type { EventContract } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { fromRecord, KafkajsTransport, type ReceivedEvent, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { createLogger } from '@dual-random/runtime'
import type { TestScope } from '@dual-random/testkit'

export interface Broker {
  /** Publishes the next event of an aggregate, as its owner would. */
  send<M extends object>(contract: EventContract<M>, aggregateId: string, data: M, at?: string): Promise<void>
  /** Several at once, in order. */
  sendAll(
    events: readonly { readonly contract: EventContract<never>; readonly aggregateId: string; readonly data: object }[],
  ): Promise<void>
  /** What was published on the listened topics so far, each event once. */
  readonly heard: readonly ReceivedEvent[]
  of(aggregateId: string): readonly string[]
  close(): Promise<void>
}

/** Speaks and listens on the scope's topics through the real broker. */
export async function broker(scope: TestScope, listenTo: readonly string[]): Promise<Broker> {
  const transport = new KafkajsTransport({
    brokers: (scope.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'test',
    topicPrefix: scope.topicPrefix,
    logger: createLogger({ service: 'test', level: 'fatal' }),
  })
  const lastSeq = new Map<string, number>()
  const heard = new Map<string, ReceivedEvent>()
  if (listenTo.length > 0)
    await transport.consume({
      group: `${scope.topicPrefix}probe`,
      topics: listenTo,
      onAssigned: async () => undefined,
      handle: async ({ records }) => {
        for (const record of records) {
          const event = fromRecord(record)
          if (event.ok) heard.set(`${event.value.topic} ${event.value.id}`, event.value)
        }
      },
    })
  const next = (contract: EventContract<never>, aggregateId: string, data: object, at: string) => {
    const seq = (lastSeq.get(aggregateId) ?? 0) + 1
    lastSeq.set(aggregateId, seq)
    const { type, topic, data: json } = newEvent(contract, data as never)
    const { regionCode } = data as { readonly regionCode: string }
    return toRecord({ aggregateId, seq, type, topic, service: 'test', regionCode, at: at as Instant, traceId: '', data: json })
  }
  const someTime = '2026-04-10T09:00:00.000Z'
  return {
    send: (contract, aggregateId, data, at = someTime) => transport.publish([next(contract as never, aggregateId, data, at)]),
    sendAll: (events) => transport.publish(events.map(({ contract, aggregateId, data }) => next(contract, aggregateId, data, someTime))),
    get heard() {
      return [...heard.values()]
    },
    of: (aggregateId) =>
      [...heard.values()]
        .filter((event) => event.aggregateId === aggregateId)
        .sort((a, b) => a.seq - b.seq)
        .map(({ type }) => type.split('.').at(-2) ?? ''),
    close: () => transport.close(),
  }
}
