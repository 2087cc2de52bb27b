import { assertNever } from '@dual-random/kernel'
import { compareTopics, type TopicDifference, type TopicFinding } from '@dual-random/messaging'
import { command } from '../command.ts'
import { withProgress } from '../progress.ts'
import { both, text } from '../text.ts'
import { readTopicsInput, specsOf, topicsOptions, topicsUsage } from './topic-list-file.ts'

export const topicsDiff = command({
  name: 'topics diff',
  usage: topicsUsage,
  summary: text('比较主题清单与消息系统，不作改动', 'compares the topic list with the broker and changes nothing'),
  notes: [
    text(
      '比较分区数、副本数、retention.ms、min.insync.replicas、cleanup.policy 和 compression.type。前缀下清单未列的主题只列出，不算差异。',
      'Partitions, replication factor, retention.ms, min.insync.replicas, cleanup.policy and compression.type. Topics under the prefix that\nthe list does not name are shown, but are no difference.',
    ),
  ],
  options: topicsOptions,
  read: readTopicsInput,
  run: async (input, context) => {
    const { config, terminal, json } = context
    const specs = specsOf(input, context)
    const place = { brokers: config.KAFKA_BROKERS, topicPrefix: config.DR_TOPIC_PREFIX }
    const findings = await withProgress(terminal, { label: text('正在读取主题', 'reading the topics') }, () => compareTopics(place, specs))
    for (const finding of findings) for (const line of json ? [findingJson(finding)] : findingLines(finding)) terminal.out(line)
    if (!json) terminal.out(summaryOf(findings))
    return findings.every(({ status }) => status === 'same' || status === 'unlisted') ? 0 : 1
  },
})

export const differenceLine = ({ setting, is, shouldBe }: TopicDifference): string =>
  `    ${setting}: ${both(text('现为', 'is'))} ${is}, ${both(text('应为', 'should be'))} ${shouldBe}`

export const unlistedLine = (topic: string): string => `${both(text('未列', 'unlisted'))}  ${topic}`

function findingLines(finding: TopicFinding): readonly string[] {
  const { topic } = finding
  switch (finding.status) {
    case 'same':
      return []
    case 'missing':
      return [`${both(text('缺少', 'missing'))}  ${topic}`]
    case 'unlisted':
      return [unlistedLine(topic)]
    case 'different':
      return [`${both(text('不同', 'different'))}  ${topic}`, ...finding.differences.map(differenceLine)]
    default:
      return assertNever(finding)
  }
}

const findingJson = (finding: TopicFinding): string =>
  JSON.stringify({
    topic: finding.topic,
    status: finding.status,
    ...(finding.status === 'different' ? { differences: finding.differences } : {}),
  })

function summaryOf(findings: readonly TopicFinding[]): string {
  const count = (wanted: TopicFinding['status']): number => findings.filter(({ status }) => status === wanted).length
  const [same, missing, different, unlisted] = [count('same'), count('missing'), count('different'), count('unlisted')]
  return both(
    text(
      `一致 ${same}，缺少 ${missing}，不同 ${different}，未列 ${unlisted}`,
      `${same} the same, ${missing} missing, ${different} different, ${unlisted} unlisted`,
    ),
  )
}
