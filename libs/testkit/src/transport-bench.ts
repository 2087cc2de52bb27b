import { createLogger } from '@dual-random/runtime'
import { type Admin, Kafka, logLevel } from 'kafkajs'
import { proxiedBrokers } from './proxied-servers.ts'
import type { ReplyCuttingProxy } from './reply-cutting-proxy.ts'
import { type TestScope, testScope } from './test-scope.ts'
import type { BatchShape, ConsumerShape, OpenTransport, ReceivedShape, RecordShape, TransportShape } from './transport-shape.ts'

/** A member of a group, and what it has handled. */
export interface Member extends ConsumerShape {
  readonly records: readonly ReceivedShape[]
  /** Keys of the handled records, in order. */
  readonly keys: readonly string[]
  /** How often partitions were assigned. */
  readonly assignments: number
}

export interface JoinOptions {
  readonly group: string
  readonly topics: readonly string[]
  /** One of its own when absent. */
  readonly transport?: TransportShape
  /** Runs before the batch is noted as handled; may throw instead. */
  readonly before?: (batch: BatchShape) => Promise<void>
}

/** The real broker, seen through transports under test and beside them. */
export interface TransportBench extends AsyncDisposable {
  readonly scope: TestScope
  transport(through?: ReplyCuttingProxy): TransportShape
  /** A proxy of its own before the broker. */
  proxy(): Promise<ReplyCuttingProxy>
  join(options: JoinOptions): Promise<Member>
  /** A topic of so many partitions, by its name without prefix. */
  topic(partitions?: number): Promise<string>
  /** All records of a topic, partition by partition. */
  log(topic: string): Promise<readonly ReceivedShape[]>
  /** The offset a group stands at by partition; -1 where it has committed none. */
  committed(group: string, topic: string): Promise<readonly number[]>
  /** How many members the broker knows in a group. */
  members(group: string): Promise<number>
  topicExists(topic: string): Promise<boolean>
  /** Sets the offset of a group without members. */
  setOffset(group: string, topic: string, offset: number): Promise<void>
  /** Removes the oldest records of partition 0. */
  deleteBefore(topic: string, offset: number): Promise<void>
}

export async function transportBench(open: OpenTransport): Promise<TransportBench> {
  const scope = await testScope('messaging')
  const brokers = (scope.env['KAFKA_BROKERS'] ?? '').split(',')
  const { topicPrefix } = scope
  const kafka = new Kafka({ clientId: 'beside', brokers, logLevel: logLevel.NOTHING })
  const admin = kafka.admin()
  await admin.connect()
  const transports: TransportShape[] = []
  const proxies: ReplyCuttingProxy[] = []
  const logger = createLogger({ service: 'test', level: 'silent' })
  let topics = 0

  const transport = (through?: ReplyCuttingProxy): TransportShape => {
    const opened = open({ brokers: through?.addresses ?? brokers, clientId: 'test', topicPrefix, logger })
    transports.push(opened)
    return opened
  }

  return {
    scope,
    transport,
    proxy: async () => {
      const proxy = await proxiedBrokers(brokers)
      proxies.push(proxy)
      return proxy
    },
    join: (options) => join(options.transport ?? transport(), options),
    topic: async (partitions = 1) => {
      const name = `things-${topics++}.v1`
      await scope.createTopics([name], partitions)
      return name
    },
    log: (topic) => readLog(kafka, admin, topicPrefix, topic),
    committed: async (group, topic) => {
      const [found] = await admin.fetchOffsets({ groupId: `${topicPrefix}${group}`, topics: [`${topicPrefix}${topic}`] })
      return [...(found?.partitions ?? [])].sort((a, b) => a.partition - b.partition).map(({ offset }) => Number(offset))
    },
    members: async (group) => {
      const { groups } = await admin.describeGroups([`${topicPrefix}${group}`])
      return groups[0]?.members.length ?? 0
    },
    topicExists: async (topic) => (await admin.listTopics()).includes(`${topicPrefix}${topic}`),
    setOffset: async (group, topic, offset) => {
      const partitions = [{ partition: 0, offset: String(offset) }]
      await admin.setOffsets({ groupId: `${topicPrefix}${group}`, topic: `${topicPrefix}${topic}`, partitions })
    },
    deleteBefore: async (topic, offset) => {
      await admin.deleteTopicRecords({ topic: `${topicPrefix}${topic}`, partitions: [{ partition: 0, offset: String(offset) }] })
    },
    [Symbol.asyncDispose]: async () => {
      for (const proxy of proxies) {
        proxy.thaw()
        proxy.accept()
      }
      await Promise.all(transports.map((opened) => opened.close()))
      await Promise.all(proxies.map((proxy) => proxy.close()))
      await admin.disconnect()
      await scope.dispose()
    },
  }
}

async function join(transport: TransportShape, { group, topics, before }: JoinOptions): Promise<Member> {
  const records: ReceivedShape[] = []
  let assignments = 0
  const consumer = await transport.consume({
    group,
    topics,
    onAssigned: async () => {
      assignments++
    },
    handle: async (batch) => {
      await before?.(batch)
      records.push(...batch.records)
    },
  })
  return {
    records,
    get keys() {
      return records.map(({ key }) => key)
    },
    get assignments() {
      return assignments
    },
    lastPollAt: () => consumer.lastPollAt(),
    stop: () => consumer.stop(),
  }
}

let readings = 0

async function readLog(kafka: Kafka, admin: Admin, topicPrefix: string, topic: string): Promise<readonly ReceivedShape[]> {
  const name = `${topicPrefix}${topic}`
  const missing = new Map<number, bigint>()
  for (const { partition, high, low } of await admin.fetchTopicOffsets(name)) {
    if (BigInt(high) > BigInt(low)) missing.set(partition, BigInt(high))
  }
  if (missing.size === 0) return []
  const records: ReceivedShape[] = []
  const consumer = kafka.consumer({ groupId: `${topicPrefix}log-${readings++}`, maxWaitTimeInMs: 50 })
  await consumer.connect()
  await consumer.subscribe({ topics: [name], fromBeginning: true })
  try {
    await new Promise<void>((resolve, reject) => {
      consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error))
      const eachBatch = async ({ batch }: EachBatch): Promise<void> => {
        const { partition } = batch
        for (const { key, value, offset } of batch.messages) {
          records.push({ topic, partition, offset, key: key?.toString() ?? '', value: value ?? new Uint8Array(), headers: {} })
        }
        if (BigInt(batch.lastOffset()) + 1n >= (missing.get(partition) ?? 0n)) missing.delete(partition)
        if (missing.size === 0) resolve()
      }
      consumer.run({ autoCommit: false, eachBatch }).catch(reject)
    })
  } finally {
    await consumer.disconnect()
  }
  return records.sort((a, b) => a.partition - b.partition || Number(a.offset) - Number(b.offset))
}

type EachBatch = Parameters<NonNullable<NonNullable<Parameters<ReturnType<Kafka['consumer']>['run']>[0]>['eachBatch']>>[0]

/** A record of text. */
export const textRecord = (topic: string, key: string, value = ''): RecordShape => ({
  topic,
  key,
  value: new TextEncoder().encode(value),
  headers: { ce_id: `${key}:1` },
})

export const textOf = ({ value }: RecordShape): string => new TextDecoder().decode(value)

/** `k0`, `k1`, … */
export const keysOf = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `k${index}`)
