import type { TopicSpec } from './topic-spec.ts'

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

/** Everything that is wrong with a topic list. */
export class TopicListError extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`topic list: ${problems.join('; ')}`)
    this.name = 'TopicListError'
    this.problems = problems
  }
}

const dayMs = 86_400_000

/**
 * The specs behind a parsed topic list. A cluster with fewer brokers gives a smaller `replicationFactor`; at least one replica may always
 * be out of sync, except where there is only one. Throws a `TopicListError` that names every problem.
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
  const entries = Array.isArray(topics) ? (topics as readonly unknown[]) : []
  const problems = [
    ...(isCount(replicationFactor) ? [] : ['replicationFactor is not a count']),
    ...(entries.length > 0 ? [] : ['no topics']),
    ...entries.flatMap((entry, index) => entryProblems((entry ?? {}) as Partial<ListedTopic>, index)),
    ...namedTwice(entries as readonly (Partial<ListedTopic> | null)[]).map((name) => `${name} is listed twice`),
  ]
  if (problems.length > 0) throw new TopicListError(problems)
  return list as TopicList
}

function entryProblems({ name, partitions, retention, minInsyncReplicas }: Partial<ListedTopic>, index: number): readonly string[] {
  const hasName = typeof name === 'string' && /^[a-z][a-z0-9.-]*\.v[1-9]\d*$/.test(name)
  const called = hasName ? name : `topic ${index + 1}`
  return [
    ...(hasName ? [] : [`${String(name)} is not a name (topic ${index + 1})`]),
    ...(isCount(partitions) ? [] : [`partitions of ${called}`]),
    ...(retention === 'forever' || isCount(retention) ? [] : [`retention of ${called}`]),
    ...(isCount(minInsyncReplicas) ? [] : [`minInsyncReplicas of ${called}`]),
  ]
}

function namedTwice(entries: readonly (Partial<ListedTopic> | null)[]): readonly string[] {
  const names = entries.map((entry) => String(entry?.name))
  return [...new Set(names.filter((name, index) => name !== 'undefined' && names.indexOf(name) !== index))]
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 1
