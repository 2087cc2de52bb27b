import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { freePort, type PrivateBroker, startPrivateBroker } from '../src/index.ts'
import { countingProxy } from './counting-proxy.ts'
import { accepts, commandsNaming, environment, stateOf } from './processes.ts'

const firstStartMs = 900_000 // the jars may have to be fetched

const client = (brokers: string) =>
  new Kafka({ brokers: [brokers], logLevel: logLevel.NOTHING, retry: { retries: 20, maxRetryTime: 1000 } })

describe('a private broker', () => {
  let folder = ''
  let proxy: Awaited<ReturnType<typeof countingProxy>>
  let broker: PrivateBroker

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-random-private-'))
    vi.stubEnv('TMPDIR', folder)
    const proxiedPort = await freePort()
    proxy = await countingProxy(proxiedPort)
    broker = await startPrivateBroker({ env: environment(), proxiedPort, advertisedPort: proxy.port })
  }, firstStartMs)
  afterAll(async () => {
    await Promise.all([broker[Symbol.asyncDispose](), proxy.close()])
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })

  async function createTopic(topic: string): Promise<void> {
    const admin = client(broker.kafkaBrokers).admin()
    await admin.connect()
    await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: false })
    await admin.disconnect()
  }

  async function produce(brokers: string, topic: string, values: readonly string[]): Promise<void> {
    const producer = client(brokers).producer({ idempotent: true })
    await producer.connect()
    for (const value of values) await producer.send({ topic, acks: -1, messages: [{ key: value, value }] })
    await producer.disconnect()
  }

  async function records(topic: string, groupId: string, atLeast: number): Promise<string[]> {
    const consumer = client(broker.kafkaBrokers).consumer({ groupId, maxWaitTimeInMs: 100 })
    await consumer.connect()
    await consumer.subscribe({ topic, fromBeginning: true })
    const values: string[] = []
    await consumer.run({ eachMessage: async ({ message }) => void values.push(String(message.value)) })
    await vi.waitFor(() => expect(values.length).toBeGreaterThanOrEqual(atLeast), { timeout: 30_000, interval: 20 })
    await consumer.disconnect()
    return values.sort()
  }

  it('killed as soon as it has acknowledged, life after life, has every record', { timeout: 120_000 }, async () => {
    await createTopic('inspection.result.v1')
    const acknowledged: string[] = []
    for (const life of [1, 2]) {
      const values = Array.from({ length: 20 }, (_, index) => `${life}-${String(index).padStart(2, '0')}`)
      await produce(broker.kafkaBrokers, 'inspection.result.v1', values)
      await broker.kill('SIGKILL')
      acknowledged.push(...values)
      await broker.start()
      expect(await records('inspection.result.v1', `publication-${life}`, acknowledged.length)).toEqual(acknowledged)
    }
  })

  it('sends a client that came through the proxy on through the proxy, and others to itself, in every life', {
    timeout: 120_000,
  }, async () => {
    const advertised = async (port: number) => {
      const admin = client(`127.0.0.1:${port}`).admin()
      await admin.connect()
      const { brokers } = await admin.describeCluster()
      await admin.disconnect()
      return brokers.map(({ host, port: told }) => `${host}:${told}`)
    }
    for (const end of [undefined, 'SIGKILL', 'SIGTERM'] as const) {
      if (end !== undefined) {
        await broker.kill(end)
        await broker.start()
      }
      expect(await advertised(broker.port)).toEqual([broker.kafkaBrokers])
      expect(await advertised(proxy.port)).toEqual([`127.0.0.1:${proxy.port}`])
    }
    await createTopic('drawing.draw.v1')
    const before = proxy.bytes()
    const text = 'x'.repeat(100_000)
    await produce(`127.0.0.1:${proxy.port}`, 'drawing.draw.v1', [text])
    expect(proxy.bytes() - before).toBeGreaterThan(text.length)
    expect(await records('drawing.draw.v1', 'oversight', 1)).toEqual([text])
  })

  it('answers nothing while it is suspended, and goes on when it is resumed', async () => {
    await createTopic('planning.plan.v1')
    broker.suspend()
    await vi.waitFor(() => expect(stateOf(broker.pid() ?? 0)).toBe('T'), { timeout: 5000, interval: 5 })
    let sent = false
    const sending = produce(broker.kafkaBrokers, 'planning.plan.v1', ['held']).finally(() => (sent = true))
    expect(await accepts(broker.kafkaBrokers)).toBe(true)
    expect(sent).toBe(false)
    broker.resume()
    await sending
    expect(await records('planning.plan.v1', 'joint', 1)).toEqual(['held'])
  })

  it('disposed between two lives leaves nothing', async () => {
    await broker.kill('SIGKILL')
    expect(await readdir(folder)).not.toEqual([])
    await broker[Symbol.asyncDispose]()
    expect(commandsNaming(folder)).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })
})
