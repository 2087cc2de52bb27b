import { fromRecord, KafkajsTransport, type ReceivedEvent, type TransportRecord, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { type EventBus, eventBus, type TestScope } from '@dual-random/testkit'

export interface Broker extends EventBus<TransportRecord, ReceivedEvent> {
  /** What happened to an aggregate, in order, each event once. */
  of(aggregateId: string): readonly string[]
}

export async function broker(scope: TestScope, listenTo: readonly string[]): Promise<Broker> {
  const bus = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, scope, listenTo)
  return {
    ...bus,
    of: (aggregateId) => {
      const bySeq = new Map(bus.heard.filter((event) => event.aggregateId === aggregateId).map(({ seq, type }) => [seq, type]))
      return [...bySeq].sort(([a], [b]) => a - b).map(([, type]) => type.split('.').at(-2) ?? '')
    },
  }
}
