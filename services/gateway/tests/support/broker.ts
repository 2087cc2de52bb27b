import type { EventContract } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { KafkajsTransport, type TransportRecord, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { createLogger } from '@dual-random/runtime'
import type { TestScope } from '@dual-random/testkit'

export interface Broker {
  /** Publishes the next event of an aggregate, as its owner would. */
  send<M extends { readonly regionCode: string }>(contract: EventContract<M>, aggregateId: string, data: M): Promise<void>
  /** Publishes everything sent so far once more. */
  repeat(): Promise<void>
  close(): Promise<void>
}

/** Speaks on the scope's topics through the real broker. */
export function broker({ env, topicPrefix }: TestScope): Broker {
  const transport = new KafkajsTransport({
    brokers: (env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'test',
    topicPrefix,
    logger: createLogger({ service: 'test', level: 'silent' }),
  })
  const lastSeq = new Map<string, number>()
  const sent: TransportRecord[] = []
  return {
    send: async (contract, aggregateId, data) => {
      const seq = (lastSeq.get(aggregateId) ?? 0) + 1
      lastSeq.set(aggregateId, seq)
      const { type, topic, data: json } = newEvent(contract, data)
      const at = '2026-04-20T06:00:00.000Z' as Instant
      const record = toRecord({ aggregateId, seq, type, topic, service: 'test', regionCode: data.regionCode, at, traceId: '', data: json })
      sent.push(record)
      await transport.publish([record])
    },
    repeat: () => transport.publish(sent),
    close: () => transport.close(),
  }
}
