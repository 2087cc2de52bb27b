import { inboxMarks } from '../steps/inbox-marks.ts'
import type { Scenario } from '../steps/scenario.ts'
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
  const marks = await inboxMarks(scenario, group, topic, ids.slice(0, 1))
  if (marks === undefined) return nothing
  const missingNow = async (): Promise<readonly string[]> => {
    const applied = await inboxMarks(scenario, group, topic, ids)
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
