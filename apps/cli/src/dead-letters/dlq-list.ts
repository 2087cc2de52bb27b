import { comparePositions, type DeadLetter, type DeadLetterState, parsePosition } from '@dual-random/messaging'
import { countOf, noMoreThan } from '../arguments.ts'
import { command } from '../command.ts'
import { both, text } from '../text.ts'
import { letterJson, letterLines } from './letter-lines.ts'
import { lettersOfGroup } from './reading.ts'
import { groupOf, positionIn } from './selection.ts'

const statuses = ['waiting', 'replayed', 'dropped'] as const satisfies readonly DeadLetterState['status'][]

const isStatus = (given: string): given is DeadLetterState['status'] => (statuses as readonly string[]).includes(given)

export const dlqList = command({
  name: 'dlq list',
  usage: 'G [--state S] [--reason R] [--key K] [--limit N] [--after PARTITION@OFFSET] [--json]',
  summary: text('列出一个消费组的死信及其状态', 'lists the dead letters of a group and what has become of them'),
  notes: [
    text(
      '死信是消费组放弃处理的事件，存于 <组>.dlq.v1。同一事件重放后再次失败，是另一封死信。',
      'A dead letter is an event that the group gave up; they stand on <group>.dlq.v1. An event that fails again after a replay is another\nletter.',
    ),
  ],
  options: {
    state: {
      value: 'S',
      text: text('只列 waiting（待处理）、replayed（已重放）或 dropped（已丢弃）', 'only those waiting, replayed or dropped'),
    },
    reason: { value: 'R', text: text('只列此原因代码，如 sequence-gap', 'only those given up for this code, like sequence-gap') },
    key: { value: 'K', text: text('只列此键（聚合 id）', 'only those of this key (aggregate id)') },
    limit: { value: 'N', text: text('最多列几封，默认 100', 'at most so many, 100 by default') },
    after: { value: 'PARTITION@OFFSET', text: text('从此位置之后列起', 'only those behind this one') },
  },
  read: (args, complain) => {
    noMoreThan(args, 1, complain)
    const { values } = args
    const state = values.get('state')
    if (state !== undefined && state !== '' && !isStatus(state)) complain(`--state ${state}: 应为 (one of) ${statuses.join(' ')}`)
    const after = values.get('after')
    return {
      group: groupOf(args.positionals[0], complain),
      state,
      reason: values.get('reason'),
      key: values.get('key'),
      limit: countOf(args, 'limit', 100, 1, complain),
      after: after === undefined || after === '' ? undefined : parsePosition(positionIn(after, complain)),
    }
  },
  run: async ({ group, state, reason, key, limit, after }, context) => {
    const { terminal, json } = context
    const letters = await lettersOfGroup(context, group, () => false)
    const found = letters.filter(
      (letter) =>
        (state === undefined || letter.state.status === state) &&
        (reason === undefined || letter.cause.code === reason) &&
        (key === undefined || letter.record.key === key) &&
        (after === undefined || comparePositions(letter, after) > 0),
    )
    const shown = found.slice(0, limit)
    for (const letter of shown) for (const line of json ? [JSON.stringify(letterJson(letter))] : letterLines(letter)) terminal.out(line)
    if (!json) terminal.out(summaryOf(letters))
    const left = found.length - shown.length
    if (left > 0) terminal.err(both(text(`还有 ${left} 封，继续`, `${left} more, go on with`)) + `: --after ${shown.at(-1)?.position}`)
    return 0
  },
})

function summaryOf(letters: readonly DeadLetter[]): string {
  const count = (wanted: DeadLetterState['status']): number => letters.filter(({ state }) => state.status === wanted).length
  const [waiting, replayed, dropped] = [count('waiting'), count('replayed'), count('dropped')]
  return both(
    text(
      `全组 ${letters.length} 封：待处理 ${waiting}，已重放 ${replayed}，已丢弃 ${dropped}`,
      `${letters.length} in the group: ${waiting} waiting, ${replayed} replayed, ${dropped} dropped`,
    ),
  )
}
