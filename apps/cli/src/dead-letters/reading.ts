import { AppError } from '@dual-random/errors'
import { type DeadLetter, type DeadLettersOptions, deadLetterGroup, listTopics, readDeadLetters } from '@dual-random/messaging'
import { CommandError, type Context } from '../command.ts'
import { withProgress } from '../progress.ts'
import { text } from '../text.ts'

/** The dead letters of a group; where it has none, the error says which groups do. */
export async function lettersOfGroup(
  { config, terminal }: Context,
  group: string,
  keepsValue: NonNullable<DeadLettersOptions['keepsValue']>,
): Promise<readonly DeadLetter[]> {
  const place = { brokers: config.KAFKA_BROKERS, topicPrefix: config.DR_TOPIC_PREFIX }
  let read = 0
  const onRead = (count: number): void => {
    read = count
  }
  try {
    return await withProgress(terminal, { label: text('正在读取死信', 'reading the dead letters'), detail: () => String(read) }, () =>
      readDeadLetters({ ...place, group, keepsValue, onRead }),
    )
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'not-found')) throw thrown
    const groups = (await listTopics(place)).flatMap((topic) => deadLetterGroup(topic) ?? [])
    const known = groups.join(' ') || '–'
    throw new CommandError(
      text(`消费组 ${group} 没有死信主题；有的是：${known}`, `group ${group} has no topic for dead letters; these have: ${known}`),
    )
  }
}
