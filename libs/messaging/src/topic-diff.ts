import { settingsOf, type TopicSpec } from './topic-spec.ts'

/** A topic as the broker has it. */
export interface TopicState {
  readonly topic: string
  readonly partitions: number
  /** Ascending; more than one where partitions differ, as during a reassignment. */
  readonly replicationFactors: readonly number[]
  /** The settings in force by Kafka's names, the broker's defaults among them. */
  readonly config: Readonly<Record<string, string>>
}

export interface TopicDifference {
  /** `partitions`, `replication.factor` or a topic setting by Kafka's name. */
  readonly setting: string
  readonly is: string
  readonly shouldBe: string
}

export type TopicFinding =
  | { readonly status: 'missing'; readonly topic: string; readonly spec: TopicSpec }
  | { readonly status: 'same'; readonly topic: string }
  | {
      readonly status: 'different'
      readonly topic: string
      readonly spec: TopicSpec
      readonly state: TopicState
      readonly differences: readonly TopicDifference[]
    }
  /** On the broker, and in no list. */
  | { readonly status: 'unlisted'; readonly topic: string; readonly partitions: number }

/** What a list and a broker say differently: the listed topics in the list's order, then those that it does not name. */
export function diffTopics(specs: readonly TopicSpec[], states: readonly TopicState[]): readonly TopicFinding[] {
  const stateOf = new Map(states.map((state) => [state.topic, state]))
  const listed = new Set(specs.map(({ topic }) => topic))
  return [
    ...specs.map((spec) => findingOf(spec, stateOf.get(spec.topic))),
    ...states
      .filter(({ topic }) => !listed.has(topic))
      .map(({ topic, partitions }) => ({ status: 'unlisted', topic, partitions }) as const)
      .sort((a, b) => (a.topic < b.topic ? -1 : 1)),
  ]
}

function findingOf(spec: TopicSpec, state: TopicState | undefined): TopicFinding {
  const { topic } = spec
  if (state === undefined) return { status: 'missing', topic, spec }
  const pairs: readonly TopicDifference[] = [
    { setting: 'partitions', is: String(state.partitions), shouldBe: String(spec.partitions) },
    ...(spec.replicationFactor === undefined
      ? []
      : [{ setting: 'replication.factor', is: state.replicationFactors.join(), shouldBe: String(spec.replicationFactor) }]),
    ...Object.entries(settingsOf(spec)).map(([setting, shouldBe]) => ({ setting, is: state.config[setting] ?? '', shouldBe })),
  ]
  const differences = pairs.filter(({ is, shouldBe }) => is !== shouldBe)
  return differences.length === 0 ? { status: 'same', topic } : { status: 'different', topic, spec, state, differences }
}
