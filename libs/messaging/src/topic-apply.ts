import { setTimeout as pause } from 'node:timers/promises'
import { assertNever } from '@dual-random/kernel'
import kafkajs, { type Admin } from 'kafkajs'
import { type TopicPlace, topicNames, withTopicAdmin } from './topic-admin.ts'
import { type TopicChange, type TopicRefusal, topicChanges, topicsToWiden } from './topic-changes.ts'
import { diffTopics, type TopicFinding, type TopicState } from './topic-diff.ts'
import type { TopicSpec } from './topic-spec.ts'
import { createWith } from './topics.ts'

/** A change that was made, or what the broker said against it. */
export interface TopicOutcome {
  readonly change: TopicChange
  readonly failure?: string
}

export interface AppliedTopics {
  readonly findings: readonly TopicFinding[]
  readonly outcomes: readonly TopicOutcome[]
  readonly refusals: readonly TopicRefusal[]
}

// Node finds no name for these among the exports of kafkajs.
const { ConfigResourceTypes, ConfigSource } = kafkajs

const patienceMs = 30_000

const pauseMs = 100

/** Compares a list with the broker; changes nothing. */
export const compareTopics = ({ brokers, topicPrefix }: TopicPlace, specs: readonly TopicSpec[]): Promise<readonly TopicFinding[]> =>
  withTopicAdmin(brokers, async (admin) => diffTopics(specs, await statesOf(admin, topicPrefix, specs)))

/**
 * Makes the broker as the list says, as far as that harms nothing: creates, changes settings, gives more partitions to topics that hold
 * nothing. Says what it left, and what the broker refused; deletes nothing. A second call finds nothing to change.
 */
export const applyTopics = ({ brokers, topicPrefix }: TopicPlace, specs: readonly TopicSpec[]): Promise<AppliedTopics> =>
  withTopicAdmin(brokers, async (admin) => {
    const findings = diffTopics(specs, await statesOf(admin, topicPrefix, specs))
    const empty = new Set<string>()
    for (const topic of topicsToWiden(findings)) if (await isEmpty(admin, `${topicPrefix}${topic}`)) empty.add(topic)
    const { changes, refusals } = topicChanges(findings, empty)
    const outcomes: TopicOutcome[] = []
    for (const change of changes) outcomes.push(await outcomeOf(change, () => make(admin, topicPrefix, change)))
    const made = new Set(outcomes.flatMap(({ change, failure }) => (failure === undefined ? [nameOf(change)] : [])))
    await shown(made, async () => topicChanges(diffTopics(specs, await statesOf(admin, topicPrefix, specs)), empty).changes)
    return { findings, outcomes, refusals }
  })

const nameOf = ({ kind, topic }: TopicChange): string => `${kind} ${topic}`

/** What the controller has acknowledged, a broker may show a little later. */
async function shown(made: ReadonlySet<string>, stillToMake: () => Promise<readonly TopicChange[]>): Promise<void> {
  const until = Date.now() + patienceMs
  while (made.size > 0) {
    const missing = (await stillToMake()).filter((change) => made.has(nameOf(change)))
    if (missing.length === 0) return
    if (Date.now() > until) throw new Error(`acknowledged, but not to be seen: ${missing.map(nameOf).join(', ')}`)
    await pause(pauseMs)
  }
}

async function statesOf(admin: Admin, prefix: string, specs: readonly TopicSpec[]): Promise<readonly TopicState[]> {
  const names = await topicNames(admin, prefix)
  // kafkajs takes no topics for all topics.
  if (names.length === 0) return []
  const { topics } = await admin.fetchTopicMetadata({ topics: names.map((name) => `${prefix}${name}`) })
  const listed = new Set(specs.map(({ topic }) => `${prefix}${topic}`))
  const configs = await settingsInForce(
    admin,
    topics.flatMap(({ name }) => (listed.has(name) ? [name] : [])),
  )
  return topics.map(({ name, partitions }) => ({
    topic: name.slice(prefix.length),
    partitions: partitions.length,
    replicationFactors: [...new Set(partitions.map(({ replicas }) => replicas.length))].sort((a, b) => a - b),
    config: Object.fromEntries((configs.get(name) ?? []).map(({ configName, configValue }) => [configName, configValue])),
  }))
}

type Settings = Awaited<ReturnType<Admin['describeConfigs']>>['resources'][number]['configEntries']

async function settingsInForce(admin: Admin, names: readonly string[]): Promise<ReadonlyMap<string, Settings>> {
  if (names.length === 0) return new Map()
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  })
  return new Map(resources.map(({ resourceName, configEntries }) => [resourceName, configEntries]))
}

async function isEmpty(admin: Admin, name: string): Promise<boolean> {
  const partitions = await admin.fetchTopicOffsets(name)
  return partitions.every(({ low, high }) => low === high)
}

async function make(admin: Admin, prefix: string, change: TopicChange): Promise<void> {
  const name = `${prefix}${change.topic}`
  switch (change.kind) {
    case 'create':
      await createWith(admin, prefix, [change.spec])
      return
    case 'add-partitions':
      await admin.createPartitions({ topicPartitions: [{ topic: name, count: change.to }] })
      return
    case 'configure': {
      // kafkajs has no incremental alteration (KIP-339): what this request does not name, the broker sets back to its default.
      const own = (await settingsInForce(admin, [name])).get(name)?.filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG)
      const settings = new Map(own?.map(({ configName, configValue }) => [configName, configValue]))
      for (const { setting, shouldBe } of change.differences) settings.set(setting, shouldBe)
      const configEntries = [...settings].map(([entry, value]) => ({ name: entry, value }))
      await admin.alterConfigs({ validateOnly: false, resources: [{ type: ConfigResourceTypes.TOPIC, name, configEntries }] })
      return
    }
    default:
      assertNever(change)
  }
}

async function outcomeOf(change: TopicChange, work: () => Promise<void>): Promise<TopicOutcome> {
  try {
    await work()
    return { change }
  } catch (thrown) {
    return { change, failure: saidBy(thrown) }
  }
}

/** kafkajs gathers the errors of a request in one that says nothing itself. */
function saidBy(thrown: unknown): string {
  const { errors } = thrown as { readonly errors?: readonly Error[] }
  if (errors !== undefined) return errors.map(({ message }) => message).join('; ')
  return thrown instanceof Error ? thrown.message : String(thrown)
}
