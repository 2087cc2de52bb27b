import { events } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { KafkajsTransport, readTopics, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { createLogger, traceIdOf } from '@dual-random/runtime'
import type { TestScope } from '@dual-random/testkit'

const { inspectorRegistered, inspectorChanged } = events.registry

export interface Broker extends AsyncDisposable {
  /** Publishes the event of that seq of an inspector. */
  tell(inspectorId: string, seq: number, traceId?: string): Promise<void>
  /** The trace of each event on a topic, by its id. */
  traces(topic: string): Promise<ReadonlyMap<string, string | undefined>>
  /** Ids of all events on a topic. */
  read(topic: string): Promise<readonly (string | undefined)[]>
}

/** Speaks and reads on the scope's topics through the real broker. */
export function broker({ env, topicPrefix }: TestScope): Broker {
  const brokers = (env['KAFKA_BROKERS'] ?? '').split(',')
  const logger = createLogger({ service: 'test', level: 'silent' })
  const transport = new KafkajsTransport({ brokers, clientId: 'test', topicPrefix, logger })
  let readings = 0
  const recordsOf = (topic: string) => readTopics({ brokers, topicPrefix, topics: [topic], group: `reading-${readings++}` })
  return {
    tell: async (inspectorId, seq, traceId = '') => {
      const who = { inspectorId, regionCode: '230300', unitId: 'u' }
      const { type, topic, json } =
        seq === 1 ? newEvent(inspectorRegistered, who) : newEvent(inspectorChanged, { ...who, status: 'RETIRED' })
      const at = '2026-03-02T01:00:00.000Z' as Instant
      await transport.publish([
        toRecord({ aggregateId: inspectorId, seq, type, topic, service: 'registry', regionCode: '230300', at, traceId, json }),
      ])
    },
    traces: async (topic) =>
      new Map((await recordsOf(topic)).map(({ headers }) => [headers['ce_id'] ?? '', traceIdOf(headers['ce_traceparent'])])),
    read: async (topic) => (await recordsOf(topic)).map(({ headers }) => headers['ce_id']),
    [Symbol.asyncDispose]: () => transport.close(),
  }
}
