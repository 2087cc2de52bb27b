import { Kafka, logLevel, Partitioners } from 'kafkajs'
import { atRate } from './pace.ts'
import { stopwatch } from './stopwatch.ts'

export interface BareOptions {
  readonly brokers: readonly string[]
  readonly topic: string
  readonly count: number
  readonly warmUp: number
  readonly rate: number
}

/** Latencies from `send` to the consumer's handler with nothing but kafkajs, at the same rate, acknowledged by all replicas. */
export async function bareLatencies({ brokers, topic, count, warmUp, rate }: BareOptions): Promise<readonly number[]> {
  await using parts = new AsyncDisposableStack()
  const kafka = new Kafka({ clientId: 'bench-bare', brokers: [...brokers], logLevel: logLevel.NOTHING })
  const producer = parts.adopt(
    kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: Partitioners.DefaultPartitioner }),
    (open) => open.disconnect(),
  )
  const consumer = parts.adopt(kafka.consumer({ groupId: `${topic}.bare`, sessionTimeout: 6000, maxWaitTimeInMs: 250 }), (open) =>
    open.disconnect(),
  )
  const watch = stopwatch(warmUp + count)
  await producer.connect()
  await consumer.connect()
  await consumer.subscribe({ topics: [topic], fromBeginning: true })
  await consumer.run({ eachMessage: async ({ message }) => watch.end(Number(message.key)) })
  const value = Buffer.alloc(512, 'x')
  const send = async (index: number): Promise<void> => {
    watch.begin(index)
    await producer.send({ topic, acks: -1, messages: [{ key: String(index), value }] })
  }
  await send(0)
  await watch.ended(0)
  await atRate(warmUp + count - 1, rate, (index) => send(index + 1))
  return (await watch.all()).slice(warmUp)
}
