import { readFileSync } from 'node:fs'
import { TopicListError, type TopicSpec, topicSpecsOf } from '@dual-random/messaging'
import { parse } from 'yaml'
import type { Arguments, Complain, OptionSpecs } from '../arguments.ts'
import { noMoreThan } from '../arguments.ts'
import { type Context, UsageError } from '../command.ts'
import { shippedTopicList } from '../package-files.ts'
import { text } from '../text.ts'

export interface TopicsInput {
  /** Path of the topic list. */
  readonly file: string
}

export const topicsUsage = '[--file PATH] [--json]'

export const topicsOptions: OptionSpecs = {
  file: {
    value: 'PATH',
    text: text('主题清单，默认为本程序自带的 deploy/topics/topics.yaml', 'the topic list; by default deploy/topics/topics.yaml'),
  },
}

export function readTopicsInput(args: Arguments, complain: Complain): TopicsInput {
  noMoreThan(args, 0, complain)
  return { file: args.values.get('file') ?? shippedTopicList() }
}

/** The specs of a list; throws a `UsageError` that says everything that is wrong with it. */
export function specsOf({ file }: TopicsInput, { config }: Pick<Context, 'config'>): readonly TopicSpec[] {
  try {
    return topicSpecsOf(parse(readFileSync(file, 'utf8')), config.DR_TOPIC_REPLICAS)
  } catch (thrown) {
    if (thrown instanceof TopicListError) throw new UsageError(thrown.problems.map((problem) => `${file}: ${problem}`))
    throw new UsageError([`${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`])
  }
}
