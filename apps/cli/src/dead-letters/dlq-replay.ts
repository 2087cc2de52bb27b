import { listTopics, planReplay, replayDeadLetters } from '@dual-random/messaging'
import { command } from '../command.ts'
import { text } from '../text.ts'
import { lettersOfGroup } from './reading.ts'
import { needsValue, readResolvingInput, resolveLetters, resolvingOptions } from './resolving.ts'
import { chosenFrom, selectionUsage } from './selection.ts'

export const dlqReplay = command({
  name: 'dlq replay',
  usage: `G ${selectionUsage} [--force] [--reason TEXT] [--by NAME] [--dry-run] [--json]`,
  summary: text('把死信原样放回原主题，由该组重新处理', 'puts dead letters back onto their topics, for the group to handle them again'),
  notes: [
    text(
      '先排除失败原因再重放。订阅该主题的其他消费组也会再收到，它们按 seq 丢弃已处理过的。消息系统确认收到后才记为已重放；中途中断的，再次重放无害。\n同一键的事件按 seq 顺序重放；较早的事件仍待处理时，拒绝重放较晚的。若再次失败，将成为新的死信。',
      'Mend what made them fail first. Every other group that listens to the topic sees the event again and drops it by its seq. A letter\ncounts as replayed only once the broker has acknowledged the event; after an interruption another replay does no harm.\nThe events of one key go in order of their seq, and none goes while an earlier one of its key waits. What fails again becomes a new\nletter.',
    ),
  ],
  options: {
    ...resolvingOptions,
    force: { text: text('不管较早的事件，也不管是否已处理过', 'past earlier events that wait, and whatever was done about it before') },
  },
  read: (args, complain) => ({ ...readResolvingInput(args, complain), force: args.flags.has('force') }),
  run: async (input, context) => {
    const { config } = context
    const letters = await lettersOfGroup(context, input.group, needsValue(input.selection))
    const chosen = chosenFrom(letters, input.selection)
    const topics = new Set(await listTopics({ brokers: config.KAFKA_BROKERS, topicPrefix: config.DR_TOPIC_PREFIX }))
    const plan = planReplay(letters, { selected: (letter) => chosen.has(letter), force: input.force, topics })
    return await resolveLetters(
      input,
      {
        plan,
        resolve: replayDeadLetters,
        outcome: 'replayed',
        done: text('已重放', 'replayed'),
        wouldBe: text('将重放', 'would be replayed'),
      },
      context,
    )
  },
})
