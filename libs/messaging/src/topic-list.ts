import type { TopicSpec } from './topics.ts'

/** One entry of `deploy/topics/topics.yaml`. */
interface ListedTopic {
  readonly name: string
  readonly partitions: number
  /** Days, or `forever`. */
  readonly retention: number | 'forever'
  readonly minInsyncReplicas: number
}

interface TopicList {
  readonly replicationFactor: number
  readonly topics: readonly ListedTopic[]
}

const dayMs = 86_400_000

/**
 * The specs behind a parsed topic list. A cluster with fewer brokers gives a smaller `replicationFactor`; at least one replica may always
 * be out of sync, except where there is only one. Throws what is wrong with the list.
 */
export function topicSpecsOf(list: unknown, replicationFactor?: number): readonly TopicSpec[] {
  const { topics, replicationFactor: listed } = checked(list)
  const replicas = replicationFactor ?? listed
  return topics.map(({ name, partitions, retention, minInsyncReplicas }) => ({
    topic: name,
    partitions,
    replicationFactor: replicas,
    config: {
      'cleanup.policy': 'delete',
      'retention.ms': retention === 'forever' ? '-1' : String(retention * dayMs),
      'min.insync.replicas': String(Math.max(1, Math.min(minInsyncReplicas, replicas - 1))),
    },
  }))
}

function checked(list: unknown): TopicList {
  const { replicationFactor, topics } = (list ?? {}) as Partial<TopicList>
  if (!isCount(replicationFactor)) throw new Error('topic list: replicationFactor is not a count')
  if (!Array.isArray(topics)) throw new Error('topic list: no topics')
  for (const { name, partitions, retention, minInsyncReplicas } of topics as readonly Partial<ListedTopic>[]) {
    if (typeof name !== 'string' || !/^[a-z][a-z0-9.-]*\.v[1-9]\d*$/.test(name))
      throw new Error(`topic list: ${String(name)} is not a name`)
    if (!isCount(partitions)) throw new Error(`topic list: partitions of ${name}`)
    if (retention !== 'forever' && !isCount(retention)) throw new Error(`topic list: retention of ${name}`)
    if (!isCount(minInsyncReplicas)) throw new Error(`topic list: minInsyncReplicas of ${name}`)
  }
  return { replicationFactor, topics }
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1
