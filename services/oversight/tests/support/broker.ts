import { fromRecord, KafkajsTransport, type ReceivedEvent, type TransportRecord, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { type EventBus, eventBus, type TestScope } from '@dual-random/testkit'

export type Broker = EventBus<TransportRecord, ReceivedEvent>

export const broker = (scope: TestScope, listenTo: readonly string[]): Promise<Broker> =>
  eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, scope, listenTo)
