import { describe, expect, it } from 'vitest'
import { topicChanges, topicsToWiden } from './topic-changes.ts'
import { diffTopics, type TopicState } from './topic-diff.ts'
import type { TopicSpec } from './topic-spec.ts'

const config = { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'min.insync.replicas': '2' }
const spec: TopicSpec = { topic: 'a.b.v1', partitions: 3, replicationFactor: 3, config }
const state: TopicState = {
  topic: 'a.b.v1',
  partitions: 3,
  replicationFactors: [3],
  config: { ...config, 'compression.type': 'uncompressed', 'segment.bytes': '1073741824' },
}

/** The findings where the broker has the topic with these deviations. */
const against = (changes: Partial<TopicState>, wanted: TopicSpec = spec) => diffTopics([wanted], [{ ...state, ...changes }])

describe('diffTopics', () => {
  it('finds nothing where the broker has what the list says', () => {
    expect(against({})).toEqual([{ status: 'same', topic: 'a.b.v1' }])
  })

  it('says of every setting what is and what should be', () => {
    const findings = against({
      partitions: 1,
      replicationFactors: [1],
      config: { 'cleanup.policy': 'compact', 'retention.ms': '1', 'min.insync.replicas': '1', 'compression.type': 'producer' },
    })
    expect(findings).toMatchObject([
      {
        status: 'different',
        topic: 'a.b.v1',
        differences: [
          { setting: 'partitions', is: '1', shouldBe: '3' },
          { setting: 'replication.factor', is: '1', shouldBe: '3' },
          { setting: 'compression.type', is: 'producer', shouldBe: 'uncompressed' },
          { setting: 'cleanup.policy', is: 'compact', shouldBe: 'delete' },
          { setting: 'retention.ms', is: '1', shouldBe: '-1' },
          { setting: 'min.insync.replicas', is: '1', shouldBe: '2' },
        ],
      },
    ])
  })

  it('asks for no replication factor where the list leaves it to the broker', () => {
    expect(against({ replicationFactors: [1] }, { topic: 'a.b.v1', partitions: 3, config })).toEqual([{ status: 'same', topic: 'a.b.v1' }])
  })

  it('shows that partitions have different numbers of replicas', () => {
    expect(against({ replicationFactors: [2, 3] })).toMatchObject([{ differences: [{ setting: 'replication.factor', is: '2,3' }] }])
  })

  it('keeps the order of the list, and names what it lacks last', () => {
    const specs = ['z.z.v1', 'a.b.v1', 'm.m.v1'].map((topic) => ({ ...spec, topic }))
    const states = ['y.y.v1', 'a.b.v1', 'b.b.v1'].map((topic) => ({ ...state, topic }))
    expect(diffTopics(specs, states).map(({ status, topic }) => [status, topic])).toEqual([
      ['missing', 'z.z.v1'],
      ['same', 'a.b.v1'],
      ['missing', 'm.m.v1'],
      ['unlisted', 'b.b.v1'],
      ['unlisted', 'y.y.v1'],
    ])
  })
})

describe('topicChanges', () => {
  const empty = new Set(['a.b.v1'])

  it('creates what is missing and leaves alone what is not listed', () => {
    expect(topicChanges(diffTopics([spec], [{ ...state, topic: 'other.v1' }]), new Set())).toEqual({
      changes: [{ kind: 'create', topic: 'a.b.v1', spec }],
      refusals: [],
    })
  })

  it('gathers the settings of a topic in one change', () => {
    const findings = against({ config: { ...state.config, 'retention.ms': '1', 'cleanup.policy': 'compact' } })
    expect(topicChanges(findings, new Set())).toEqual({
      changes: [
        {
          kind: 'configure',
          topic: 'a.b.v1',
          differences: [
            { setting: 'cleanup.policy', is: 'compact', shouldBe: 'delete' },
            { setting: 'retention.ms', is: '1', shouldBe: '-1' },
          ],
        },
      ],
      refusals: [],
    })
  })

  it('gives more partitions to an empty topic only: a key must stay in its partition', () => {
    const findings = against({ partitions: 2 })
    expect(topicsToWiden(findings)).toEqual(['a.b.v1'])
    expect(topicChanges(findings, empty)).toEqual({
      changes: [{ kind: 'add-partitions', topic: 'a.b.v1', from: 2, to: 3 }],
      refusals: [],
    })
    expect(topicChanges(findings, new Set())).toEqual({
      changes: [],
      refusals: [{ topic: 'a.b.v1', difference: { setting: 'partitions', is: '2', shouldBe: '3' }, reason: 'holds-records' }],
    })
  })

  it('takes no partition away, not even of an empty topic', () => {
    const findings = against({ partitions: 4 })
    expect(topicsToWiden(findings)).toEqual([])
    expect(topicChanges(findings, empty).refusals.map(({ reason }) => reason)).toEqual(['fewer-partitions'])
  })

  it.each([
    { replicas: 3, refusals: [] },
    { replicas: 2, refusals: ['replication-factor'] },
    { replicas: 1, refusals: ['replication-factor', 'too-few-replicas'] },
  ])('wants no more replicas in sync than the $replicas there are: nobody could write', ({ replicas, refusals }) => {
    const findings = against({ replicationFactors: [replicas], config: { ...state.config, 'min.insync.replicas': '1' } })
    const decided = topicChanges(findings, empty)
    expect(decided.refusals.map(({ reason }) => reason)).toEqual(refusals)
    expect(decided.changes).toHaveLength(replicas === 1 ? 0 : 1)
  })

  it('does what it can beside what it refuses', () => {
    const findings = against({ partitions: 4, config: { ...state.config, 'retention.ms': '1' } })
    const { changes, refusals } = topicChanges(findings, empty)
    expect(changes.map(({ kind }) => kind)).toEqual(['configure'])
    expect(refusals.map(({ reason }) => reason)).toEqual(['fewer-partitions'])
  })
})
