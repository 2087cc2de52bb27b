import { type TestScope, testScope } from '@dual-random/testkit'
import { Kafka, logLevel } from 'kafkajs'
import { pino } from 'pino'
import { KafkajsTransport, type ReceivedRecord, type Transport, type TransportConsumer } from '../../src/index.ts'

export interface LogEntry {
  readonly msg: string
  readonly restart?: boolean
}

export interface Bench extends AsyncDisposable {
  readonly scope: TestScope
  readonly brokers: readonly string[]
  /** A transport of its own process, as it were. */
  transport(brokers?: readonly string[]): Transport
  /** What the transports have logged. */
  readonly log: readonly LogEntry[]
  /** kafkajs without what libs/messaging puts around it. */
  bare(): Kafka
  /** Sets the offsets of a group that has no member behind all there is. */
  skipToEnd(group: string, topic: string): Promise<void>
  /** A topic of so many partitions, by its name without prefix. */
  topic(partitions?: number): Promise<string>
}

/** The real broker, with topics of the test's own. */
export async function openBench(): Promise<Bench> {
  const scope = await testScope('messaging')
  const brokers = (scope.env['KAFKA_BROKERS'] ?? '').split(',')
  const transports: Transport[] = []
  const log: LogEntry[] = []
  const logger = pino({ level: 'warn' }, { write: (line) => void log.push(JSON.parse(line) as LogEntry) })
  let topics = 0
  return {
    scope,
    log,
    brokers,
    transport: (through = brokers) => {
      const { topicPrefix } = scope
      const opened = new KafkajsTransport({ brokers: through, clientId: 'test', topicPrefix, logger })
      transports.push(opened)
      return opened
    },
    bare: () => new Kafka({ clientId: 'bare', brokers: [...brokers], logLevel: logLevel.NOTHING }),
    skipToEnd: async (group, topic) => {
      const admin = new Kafka({ clientId: 'bare', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
      await admin.connect()
      const full = `${scope.topicPrefix}${topic}`
      const partitions = (await admin.fetchTopicOffsets(full)).map(({ partition, high }) => ({ partition, offset: high }))
      await admin.setOffsets({ groupId: `${scope.topicPrefix}${group}`, topic: full, partitions })
      await admin.disconnect()
    },
    topic: async (partitions = 1) => {
      const name = `things-${topics++}.v1`
      await scope.createTopics([name], partitions)
      return name
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(transports.map((transport) => transport.close()))
      await scope.dispose()
    },
  }
}

export interface Reader extends TransportConsumer {
  /** Keys of the records handled so far, in order. */
  readonly keys: readonly string[]
  readonly records: readonly ReceivedRecord[]
}

/** Joins a group and notes what it handles; `before` may throw instead. */
export async function read(
  transport: Transport,
  group: string,
  topics: readonly string[],
  before: (records: readonly ReceivedRecord[]) => Promise<void> = async () => undefined,
): Promise<Reader> {
  const records: ReceivedRecord[] = []
  const consumer = await transport.consume({
    group,
    topics,
    onAssigned: async () => undefined,
    handle: async (batch) => {
      await before(batch.records)
      records.push(...batch.records)
    },
  })
  return {
    records,
    get keys() {
      return records.map(({ key }) => key)
    },
    lastPollAt: () => consumer.lastPollAt(),
    stop: () => consumer.stop(),
  }
}
