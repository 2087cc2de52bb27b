import type { TopicDifference, TopicFinding, TopicState } from './topic-diff.ts'
import type { TopicSpec } from './topic-spec.ts'

/** What can be done about a difference without harm to what a topic holds. */
export type TopicChange =
  | { readonly kind: 'create'; readonly topic: string; readonly spec: TopicSpec }
  | { readonly kind: 'configure'; readonly topic: string; readonly differences: readonly TopicDifference[] }
  | { readonly kind: 'add-partitions'; readonly topic: string; readonly from: number; readonly to: number }

/**
 * Why a difference stays: partitions cannot be taken away; keys of a topic that holds records would move to another partition and lose
 * their order; replicas are moved by a reassignment; more replicas in sync than there are would refuse every write.
 */
export type TopicRefusalReason = 'fewer-partitions' | 'holds-records' | 'replication-factor' | 'too-few-replicas'

export interface TopicRefusal {
  readonly topic: string
  readonly difference: TopicDifference
  readonly reason: TopicRefusalReason
}

export interface TopicChanges {
  readonly changes: readonly TopicChange[]
  readonly refusals: readonly TopicRefusal[]
}

/** Topics that are to get more partitions, which only those that hold nothing may. */
export const topicsToWiden = (findings: readonly TopicFinding[]): readonly string[] =>
  findings.flatMap((finding) => (finding.status === 'different' && isWider(finding) ? [finding.topic] : []))

/** What to do about the findings, and what not; `empty` names the topics that hold no record. */
export function topicChanges(findings: readonly TopicFinding[], empty: ReadonlySet<string>): TopicChanges {
  const changes: TopicChange[] = []
  const refusals: TopicRefusal[] = []
  for (const finding of findings) {
    if (finding.status === 'missing') changes.push({ kind: 'create', topic: finding.topic, spec: finding.spec })
    if (finding.status !== 'different') continue
    const { topic, spec, state, differences } = finding
    const settings: TopicDifference[] = []
    for (const difference of differences) {
      const reason = refusalOf(difference, spec, state, empty)
      if (reason !== undefined) refusals.push({ topic, difference, reason })
      else if (difference.setting === 'partitions')
        changes.push({ kind: 'add-partitions', topic, from: state.partitions, to: spec.partitions })
      else settings.push(difference)
    }
    if (settings.length > 0) changes.push({ kind: 'configure', topic, differences: settings })
  }
  return { changes, refusals }
}

function refusalOf(
  { setting, shouldBe }: TopicDifference,
  spec: TopicSpec,
  state: TopicState,
  empty: ReadonlySet<string>,
): TopicRefusalReason | undefined {
  if (setting === 'replication.factor') return 'replication-factor'
  if (setting === 'min.insync.replicas') return Number(shouldBe) > Math.min(...state.replicationFactors) ? 'too-few-replicas' : undefined
  if (setting !== 'partitions') return undefined
  if (!isWider({ spec, state })) return 'fewer-partitions'
  return empty.has(spec.topic) ? undefined : 'holds-records'
}

const isWider = ({ spec, state }: { readonly spec: TopicSpec; readonly state: TopicState }): boolean => spec.partitions > state.partitions
