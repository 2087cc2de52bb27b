import { dropDeadLetters, planDrop } from '@dual-random/messaging'
import { command } from '../command.ts'
import { text } from '../text.ts'
import { lettersOfGroup } from './reading.ts'
import { readResolvingInput, resolveLetters, resolvingOptions } from './resolving.ts'
import { chosenFrom, selectionUsage } from './selection.ts'

export const dlqDrop = command({
  name: 'dlq drop',
  usage: `G ${selectionUsage} --reason TEXT [--by NAME] [--dry-run] [--json]`,
  summary: text('把死信记为丢弃：不再处理', 'notes dead letters as dropped: nobody will handle them'),
  notes: [
    text(
      '死信本身仍在，可查看。丢弃不推进该组的进度：同一键此后的事件会因序号不连续（sequence-gap）失败，除非该组已用别的办法处理过此事件。',
      'The letter stays and can be shown. Dropping does not advance the group: later events of the same key fail with a sequence-gap, unless\nthe group has come past the event in another way.',
    ),
  ],
  options: resolvingOptions,
  read: (args, complain) => {
    if (args.values.get('reason') === undefined) complain('--reason: 缺少 (missing)')
    return readResolvingInput(args, complain)
  },
  run: async (input, context) => {
    const letters = await lettersOfGroup(context, input.group, () => false)
    const chosen = chosenFrom(letters, input.selection)
    return await resolveLetters(
      input,
      {
        plan: planDrop(letters, (letter) => chosen.has(letter)),
        resolve: dropDeadLetters,
        outcome: 'dropped',
        done: text('已丢弃', 'dropped'),
        wouldBe: text('将丢弃', 'would be dropped'),
      },
      context,
    )
  },
})
