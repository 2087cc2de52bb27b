import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { TopicListError, topicSpecsOf } from './topic-list.ts'
import { settingsOf, topicSpecs } from './topic-spec.ts'

function checkout(folder: string): string {
  return existsSync(join(folder, 'package-lock.json')) ? folder : checkout(dirname(folder))
}

const root = checkout(import.meta.dirname)
const list = parse(readFileSync(join(root, 'deploy/topics/topics.yaml'), 'utf8')) as unknown
const services = readdirSync(join(root, 'services'))
const aliases = ['hegang', 'jixi', 'qitaihe', 'shuangyashan']

describe('deploy/topics/topics.yaml', () => {
  it('lists every topic of the catalogue, of the groups and of the exchange, each once', () => {
    const wanted = topicSpecs(services, aliases, 1).map(({ topic }) => topic)
    const listed = topicSpecsOf(list).map(({ topic }) => topic)
    expect([...listed].sort()).toEqual([...wanted].sort())
  })

  it('keeps what consumers may need from the beginning, and dead letters for a time', () => {
    const retentionOf = (wanted: (topic: string) => boolean): ReadonlySet<string | undefined> =>
      new Set(topicSpecsOf(list).flatMap(({ topic, config }) => (wanted(topic) ? [config?.['retention.ms']] : [])))
    const isDeadLetters = (topic: string): boolean => topic.endsWith('.dlq.v1')
    expect(retentionOf((topic) => !isDeadLetters(topic))).toEqual(new Set(['-1']))
    expect(retentionOf(isDeadLetters)).toEqual(new Set([String(365 * 86_400_000)]))
    expect(new Set(topicSpecsOf(list).map(({ config }) => config?.['cleanup.policy']))).toEqual(new Set(['delete']))
  })

  it('gives dead letters one partition, as the local stack does', () => {
    const partitions = new Map(topicSpecsOf(list).map((spec) => [spec.topic, spec.partitions]))
    for (const service of services) expect(partitions.get(`${service}.dlq.v1`), service).toBe(1)
  })

  it('survives the loss of one broker of three, and runs on one', () => {
    const isrOf = (replicas: number) => new Set(topicSpecsOf(list, replicas).map(({ config }) => config?.['min.insync.replicas']))
    expect(isrOf(3)).toEqual(new Set(['2']))
    expect(isrOf(2)).toEqual(new Set(['1']))
    expect(isrOf(1)).toEqual(new Set(['1']))
  })
})

describe('topicSpecsOf', () => {
  const topic = { name: 'a.b.v1', partitions: 3, retention: 7, minInsyncReplicas: 2 }
  const listOf = (changes: object) => ({ replicationFactor: 3, topics: [{ ...topic, ...changes }] })

  it('turns days into milliseconds', () => {
    expect(topicSpecsOf(listOf({}))[0]?.config?.['retention.ms']).toBe('604800000')
  })

  it.each([
    ['a name without version', { name: 'a.b' }],
    ['no name', { name: undefined }],
    ['no partition', { partitions: 0 }],
    ['half a partition', { partitions: 1.5 }],
    ['no retention', { retention: undefined }],
    ['no replica in sync', { minInsyncReplicas: 0 }],
  ])('refuses %s', (_what, changes) => {
    expect(() => topicSpecsOf(listOf(changes))).toThrow(/topic list/)
  })

  it('refuses a file that is no list', () => {
    expect(() => topicSpecsOf(undefined)).toThrow(/topic list/)
    expect(() => topicSpecsOf({ replicationFactor: 3 })).toThrow(/topic list/)
    expect(() => topicSpecsOf({ replicationFactor: 3, topics: [null] })).toThrow(/topic list/)
  })

  it('names everything that is wrong at once', () => {
    const problemsOf = (given: unknown): readonly string[] => {
      try {
        topicSpecsOf(given)
      } catch (thrown) {
        if (thrown instanceof TopicListError) return thrown.problems
        throw thrown
      }
      return []
    }
    expect(
      problemsOf({ replicationFactor: 0, topics: [{ ...topic, partitions: 0 }, topic, { ...topic, name: 'A', retention: 'ever' }] }),
    ).toEqual([
      'replicationFactor is not a count',
      'partitions of a.b.v1',
      'A is not a name (topic 3)',
      'retention of topic 3',
      'a.b.v1 is listed twice',
    ])
    expect(problemsOf(listOf({}))).toEqual([])
  })
})

describe('settingsOf', () => {
  it('P9 has every topic stored without compression', () => {
    expect(settingsOf({ topic: 'a.b.v1', partitions: 1, config: { 'retention.ms': '-1' } })).toEqual({
      'compression.type': 'uncompressed',
      'retention.ms': '-1',
    })
  })
})
