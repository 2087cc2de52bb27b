import { assertNever } from '@dual-random/kernel'
import {
  type AppliedTopics,
  applyTopics,
  type TopicChange,
  type TopicOutcome,
  type TopicRefusal,
  type TopicRefusalReason,
} from '@dual-random/messaging'
import { command } from '../command.ts'
import { withProgress } from '../progress.ts'
import { both, type Text, text } from '../text.ts'
import { readTopicsInput, specsOf, topicsOptions, topicsUsage } from './topic-list-file.ts'
import { differenceLine, unlistedLine } from './topics-diff.ts'

const refusalTexts = {
  'fewer-partitions': text('分区不能减少', 'partitions cannot be taken away'),
  'holds-records': text(
    '主题内已有记录，增加分区会打乱同一键的顺序',
    'it holds records, and more partitions would break the order of their keys',
  ),
  'replication-factor': text('副本数只能用分区重分配工具改变', 'replicas are moved by a partition reassignment'),
  'too-few-replicas': text('多于现有副本，改后将无法写入', 'more than there are replicas: nobody could write to it'),
} as const satisfies Record<TopicRefusalReason, Text>

export const topicsApply = command({
  name: 'topics apply',
  usage: topicsUsage,
  summary: text('按主题清单建立主题、修改设置', 'creates topics and changes settings as the topic list says'),
  notes: [
    text(
      '在各服务启动前运行；可重复运行。只给没有记录的主题增加分区；减少分区、改变副本数、给有记录的主题增加分区一概拒绝并列出（退出码 1）。\n不删除主题；清单未提到的设置不变。保留期改短后，消息系统会删除到期的记录。',
      'Run it before the services start; it may be run again. Only topics that hold nothing get more partitions. Fewer partitions, another\nreplication factor and more partitions for a topic with records are refused and shown (exit code 1). Nothing is deleted, and settings\nthat the list does not speak of stay; but a shorter retention lets the broker delete what has expired.',
    ),
  ],
  options: topicsOptions,
  read: readTopicsInput,
  run: async (input, context) => {
    const { config, terminal, json } = context
    const specs = specsOf(input, context)
    const place = { brokers: config.KAFKA_BROKERS, topicPrefix: config.DR_TOPIC_PREFIX }
    const applied = await withProgress(terminal, { label: text('正在处理主题', 'applying the topics') }, () => applyTopics(place, specs))
    for (const line of json ? jsonLines(applied) : textLines(applied)) terminal.out(line)
    return applied.refusals.length === 0 && applied.outcomes.every(({ failure }) => failure === undefined) ? 0 : 1
  },
})

const unlisted = ({ findings }: AppliedTopics): readonly string[] =>
  findings.flatMap(({ status, topic }) => (status === 'unlisted' ? [topic] : []))

function textLines(applied: AppliedTopics): readonly string[] {
  const failed = applied.outcomes.filter(({ failure }) => failure !== undefined).length
  const [made, refused] = [applied.outcomes.length - failed, applied.refusals.length]
  return [
    ...applied.outcomes.flatMap(outcomeLines),
    ...applied.refusals.flatMap(refusalLines),
    ...unlisted(applied).map(unlistedLine),
    both(text(`改动 ${made}，拒绝 ${refused}，失败 ${failed}`, `${made} changed, ${refused} refused, ${failed} failed`)),
  ]
}

function outcomeLines({ change, failure }: TopicOutcome): readonly string[] {
  if (failure !== undefined) return [`${both(text('失败', 'failed'))}  ${change.topic}: ${failure}`, ...changeLines(change).slice(1)]
  return changeLines(change)
}

function changeLines(change: TopicChange): readonly string[] {
  const { topic } = change
  switch (change.kind) {
    case 'create':
      return [`${both(text('新建', 'created'))}  ${topic}`]
    case 'configure':
      return [
        `${both(text('改设置', 'configured'))}  ${topic}`,
        ...change.differences.map(({ setting, is, shouldBe }) => `    ${setting}: ${is} → ${shouldBe}`),
      ]
    case 'add-partitions':
      return [`${both(text('加分区', 'partitions added'))}  ${topic}`, `    partitions: ${change.from} → ${change.to}`]
    default:
      return assertNever(change)
  }
}

const refusalLines = ({ topic, difference, reason }: TopicRefusal): readonly string[] => [
  `${both(text('拒绝', 'refused'))}  ${topic}: ${both(refusalTexts[reason])}`,
  differenceLine(difference),
]

const jsonLines = (applied: AppliedTopics): readonly string[] =>
  [
    ...applied.outcomes.map(({ change, failure }) => ({
      topic: change.topic,
      outcome: failure === undefined ? 'changed' : 'failed',
      change: change.kind,
      differences: differencesOf(change),
      failure,
    })),
    ...applied.refusals.map(({ topic, difference, reason }) => ({ topic, outcome: 'refused', reason, differences: [difference] })),
    ...unlisted(applied).map((topic) => ({ topic, outcome: 'unlisted' })),
  ].map((line) => JSON.stringify(line))

function differencesOf(change: TopicChange) {
  if (change.kind === 'configure') return change.differences
  return change.kind === 'create' ? undefined : [{ setting: 'partitions', is: String(change.from), shouldBe: String(change.to) }]
}
