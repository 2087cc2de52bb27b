import { AppError } from '@dual-random/errors'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { applyTopics, compareTopics, createTopics, listTopics, type TopicSpec } from '../src/index.ts'
import { type Bench, openBench } from './support/bench.ts'

const config = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'min.insync.replicas': '1' }
const specOf = (topic: string, changes: Partial<TopicSpec> = {}): TopicSpec => ({
  topic,
  partitions: 2,
  replicationFactor: 1,
  config,
  ...changes,
})

describe('the topics of the real broker', () => {
  let bench: Bench
  let admin: ReturnType<ReturnType<Bench['bare']>['admin']>
  let files = 0
  let topicPrefix = ''

  beforeAll(async () => {
    bench = await openBench()
    admin = bench.bare().admin()
    await admin.connect()
  })
  beforeEach(() => {
    topicPrefix = `${bench.scope.topicPrefix}${files++}.`
  })
  afterAll(async () => {
    await admin?.disconnect()
    await bench?.[Symbol.asyncDispose]()
  })

  const place = () => ({ brokers: bench.brokers, topicPrefix })
  const settingOf = async (topic: string, wanted: string): Promise<string | undefined> => {
    const { resources } = await admin.describeConfigs({ includeSynonyms: false, resources: [{ type: 2, name: `${topicPrefix}${topic}` }] })
    return resources[0]?.configEntries.find(({ configName }) => configName === wanted)?.configValue
  }

  it('become what the list says, and stay so', async () => {
    const specs = [specOf('a.v1'), specOf('b.v1', { partitions: 3, config: { ...config, 'retention.ms': '86400000' } })]
    expect((await compareTopics(place(), specs)).map(({ status }) => status)).toEqual(['missing', 'missing'])

    const applied = await applyTopics(place(), specs)
    expect(applied.outcomes.map(({ change, failure }) => [change.kind, change.topic, failure])).toEqual([
      ['create', 'a.v1', undefined],
      ['create', 'b.v1', undefined],
    ])
    expect(await compareTopics(place(), specs)).toEqual([
      { status: 'same', topic: 'a.v1' },
      { status: 'same', topic: 'b.v1' },
    ])
    expect(await settingOf('b.v1', 'retention.ms')).toBe('86400000')
    expect(await settingOf('b.v1', 'compression.type')).toBe('uncompressed')
    expect(await applyTopics(place(), specs)).toMatchObject({ outcomes: [], refusals: [] })
  })

  it('keep the settings that the list does not speak of', async () => {
    const given = { 'retention.ms': '1000', 'max.message.bytes': '2000000' }
    await createTopics(bench.brokers, topicPrefix, [specOf('a.v1', { config: given })])
    const { outcomes, refusals } = await applyTopics(place(), [specOf('a.v1')])
    expect(outcomes.map(({ change, failure }) => [change.kind, failure])).toEqual([['configure', undefined]])
    expect(refusals).toEqual([])
    expect(await settingOf('a.v1', 'retention.ms')).toBe('-1')
    expect(await settingOf('a.v1', 'max.message.bytes')).toBe('2000000')
    expect(await compareTopics(place(), [specOf('a.v1')])).toEqual([{ status: 'same', topic: 'a.v1' }])
  })

  it('get more partitions while they are empty, and never fewer', async () => {
    for (const topic of ['empty.v1', 'full.v1', 'wide.v1']) {
      await createTopics(bench.brokers, topicPrefix, [specOf(topic, { partitions: topic === 'wide.v1' ? 4 : 2 })])
    }
    const producer = bench.bare().producer()
    await producer.connect()
    await producer.send({ topic: `${topicPrefix}full.v1`, messages: [{ key: 'k', value: 'v' }] })
    await producer.disconnect()

    const specs = ['empty.v1', 'full.v1', 'wide.v1'].map((topic) => specOf(topic, { partitions: 3 }))
    const applied = await applyTopics(place(), specs)
    expect(applied.outcomes).toEqual([{ change: { kind: 'add-partitions', topic: 'empty.v1', from: 2, to: 3 } }])
    expect(applied.refusals.map(({ topic, reason }) => [topic, reason])).toEqual([
      ['full.v1', 'holds-records'],
      ['wide.v1', 'fewer-partitions'],
    ])
    const findings = await compareTopics(place(), specs)
    expect(findings.map(({ status }) => status)).toEqual(['same', 'different', 'different'])
  })

  it('that no list names are shown and left alone', async () => {
    const specs = [specOf('mine.v1')]
    await createTopics(bench.brokers, topicPrefix, [...specs, specOf('stray.v1', { partitions: 5 })])
    await applyTopics(place(), specs)
    expect(await compareTopics(place(), specs)).toEqual([
      { status: 'same', topic: 'mine.v1' },
      { status: 'unlisted', topic: 'stray.v1', partitions: 5 },
    ])
    expect(await listTopics(place())).toEqual(['mine.v1', 'stray.v1'])
  })

  it('that the broker cannot make are named with what it says, beside those that it makes', async () => {
    const { outcomes } = await applyTopics(place(), [specOf('a.v1', { replicationFactor: 3 }), specOf('b.v1')])
    expect(outcomes.map(({ change, failure }) => [change.topic, failure !== undefined])).toEqual([
      ['a.v1', true],
      ['b.v1', false],
    ])
    expect(outcomes[0]?.failure).toMatch(/replication/i)
  })

  it('cannot be looked at where no broker answers', async () => {
    const away = compareTopics({ brokers: ['127.0.0.1:1'], topicPrefix }, [specOf('a.v1')])
    await expect(away).rejects.toThrow(AppError)
    await expect(away).rejects.toMatchObject({ code: 'broker-unavailable' })
  })
})
