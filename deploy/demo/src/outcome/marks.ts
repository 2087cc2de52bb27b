import { InboxServiceClient } from '@dual-random/contracts/ops'
import { createGrpcClient } from '@dual-random/grpc'
import type { Scenario } from '../steps/scenario.ts'
import { auditor } from '../world/accounts.ts'
import { groupBy } from '../world/group-by.ts'
import { until } from '../world/parallel.ts'
import { type ServiceName, serviceNames } from '../world/services.ts'
import type { EventRecord } from './events.ts'

/** How many (event, subscribing group) pairs there are, and which have no mark. */
export interface AppliedEvents {
  readonly pairs: number
  readonly subscriptions: readonly { readonly group: ServiceName; readonly topic: string }[]
  readonly missing: readonly string[]
}

const aggregatesPerCall = 1000

/** Asks every group for its marks on every topic it subscribes to, until all events are applied or the patience ends. */
export async function appliedEvents(scenario: Scenario, events: readonly EventRecord[]): Promise<AppliedEvents> {
  const byTopic = groupBy(events, ({ topic }) => topic)
  const outcomes: AppliedEvents[] = []
  for (const group of serviceNames) {
    for (const [topic, ofTopic] of byTopic) outcomes.push(await appliedBy(scenario, group, topic, ofTopic))
  }
  return {
    pairs: outcomes.reduce((sum, { pairs }) => sum + pairs, 0),
    subscriptions: outcomes.flatMap(({ subscriptions }) => subscriptions),
    missing: outcomes.flatMap(({ missing }) => missing),
  }
}

const nothing: AppliedEvents = { pairs: 0, subscriptions: [], missing: [] }

async function appliedBy(scenario: Scenario, group: ServiceName, topic: string, events: readonly EventRecord[]): Promise<AppliedEvents> {
  const ids = [...groupBy(events, ({ aggregateId }) => aggregateId).keys()]
  const marks = await readMarks(scenario, group, topic, ids.slice(0, 1))
  if (marks === undefined) return nothing
  const missingNow = async (): Promise<readonly string[]> => {
    const applied = await readMarks(scenario, group, topic, ids)
    return events.filter(({ aggregateId, seq }) => (applied?.get(aggregateId) ?? 0) < seq).map(({ id }) => `${group} ${topic} ${id}`)
  }
  let missing: readonly string[] = []
  await until(
    `${group} to apply ${topic}`,
    async () => {
      missing = await missingNow()
      return missing.length === 0 ? true : undefined
    },
    60_000,
  ).catch(() => undefined)
  return { pairs: events.length, subscriptions: [{ group, topic }], missing }
}

/** The marks of a group; undefined where it does not subscribe to the topic. */
async function readMarks(
  scenario: Scenario,
  group: ServiceName,
  topic: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number> | undefined> {
  const client = createGrpcClient(InboxServiceClient, {
    address: `127.0.0.1:${scenario.world.services.addresses[group].grpc}`,
    peer: group,
    idempotent: ['listMarks'],
  })
  const token = await scenario.as(auditor).token()
  const marks = new Map<string, number>()
  try {
    for (let start = 0; start < ids.length; start += aggregatesPerCall) {
      const request = { group, topic, aggregateIds: ids.slice(start, start + aggregatesPerCall) }
      const answer = await client.unary('listMarks', request, { deadline: Date.now() + 10_000, token, traceId: '' })
      for (const [id, seq] of Object.entries(answer.marks)) marks.set(id, seq)
    }
    return marks
  } catch (error) {
    if (error instanceof Error && 'kind' in error && error.kind === 'not-found') return undefined
    throw error
  } finally {
    client.close()
  }
}
