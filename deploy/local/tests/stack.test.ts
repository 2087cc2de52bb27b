import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Kafka, logLevel } from 'kafkajs'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type LocalStack, startLocalStack } from '../src/index.ts'
import { accepts, commandsNaming, environment } from './processes.ts'

const topic = 'planning.plan.v1'
const firstStartMs = 900_000 // the store may have to be built

const kafkaOf = (stack: LocalStack) => new Kafka({ brokers: stack.kafkaBrokers.split(','), logLevel: logLevel.NOTHING })

async function produce(stack: LocalStack, value: string): Promise<void> {
  const kafka = kafkaOf(stack)
  const admin = kafka.admin()
  await admin.connect()
  await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true })
  await admin.disconnect()
  const producer = kafka.producer({ idempotent: true })
  await producer.connect()
  await producer.send({ topic, messages: [{ key: 'plan-1', value }] })
  await producer.disconnect()
}

async function firstRecord(stack: LocalStack, groupId: string): Promise<string | undefined> {
  const consumer = kafkaOf(stack).consumer({ groupId })
  await consumer.connect()
  await consumer.subscribe({ topic, fromBeginning: true })
  const received = new Promise<string | undefined>((resolve, reject) => {
    consumer.run({ eachMessage: ({ message }) => Promise.resolve(resolve(message.value?.toString())) }).catch(reject)
  })
  const value = await received
  await consumer.disconnect()
  return value
}

async function topicsOf(stack: LocalStack): Promise<string[]> {
  const admin = kafkaOf(stack).admin()
  await admin.connect()
  const topics = await admin.listTopics()
  await admin.disconnect()
  return topics
}

async function withPlans<T>(stack: LocalStack, use: (client: MongoClient) => Promise<T>): Promise<T> {
  await using client = await MongoClient.connect(stack.mongodbUri)
  return await use(client)
}

const insertPlan = (stack: LocalStack) => withPlans(stack, (client) => client.db('planning').collection('plans').insertOne({ year: 2026 }))
const countPlans = (stack: LocalStack) => withPlans(stack, (client) => client.db('planning').collection('plans').countDocuments())
const addressesOf = (stack: LocalStack) => [stack.kafkaBrokers, new URL(stack.mongodbUri).host]

describe('a local stack', () => {
  let folder = ''
  const stacks: LocalStack[] = []

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dual-random-stack-'))
    vi.stubEnv('TMPDIR', folder)
  })
  afterEach(async () => {
    await Promise.all(stacks.splice(0).map((stack) => stack[Symbol.asyncDispose]()))
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })

  async function start(dataDir?: string): Promise<LocalStack> {
    const stack = await startLocalStack({ env: environment(), ...(dataDir === undefined ? {} : { dataDir }) })
    stacks.push(stack)
    return stack
  }

  it('two at once each hold their own data; disposed, nothing is left; a data folder is found again', {
    timeout: firstStartMs,
  }, async () => {
    const dataDir = join(folder, 'kept')
    const [one, two] = await Promise.all([start(dataDir), start()])
    await Promise.all([produce(one, 'filed'), insertPlan(one)])
    expect(await firstRecord(one, 'inspection')).toBe('filed')
    expect(await countPlans(one)).toBe(1)
    expect(await topicsOf(two)).not.toContain(topic)
    expect(await countPlans(two)).toBe(0)

    const addresses = [one, two].flatMap(addressesOf)
    expect(new Set(addresses).size).toBe(4)
    await Promise.all([one[Symbol.asyncDispose](), two[Symbol.asyncDispose]()])
    expect(await Promise.all(addresses.map(accepts))).toEqual([false, false, false, false])
    expect(commandsNaming(folder)).toEqual([])

    // Containers keep nothing: the folder is for local processes.
    const again = await start(dataDir)
    const kept = again.sources.kafka === 'process'
    expect(await readdir(folder)).toEqual(kept ? ['kept'] : [])
    expect((await topicsOf(again)).includes(topic)).toBe(kept)
    expect(await countPlans(again)).toBe(kept ? 1 : 0)
    expect(kept ? await firstRecord(again, 'publication') : 'filed').toBe('filed')
  })

  it('a start given up half-way leaves nothing', { timeout: firstStartMs }, async () => {
    const giveUp = new AbortController()
    const progress = () => giveUp.abort(new Error('Ctrl-C'))
    await expect(startLocalStack({ env: environment(), signal: giveUp.signal, progress })).rejects.toThrow('Ctrl-C')
    expect(commandsNaming(folder)).toEqual([])
    expect(await readdir(folder)).toEqual([])
  })
})
