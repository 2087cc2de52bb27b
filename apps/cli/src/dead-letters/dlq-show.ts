import { assertNever } from '@dual-random/kernel'
import { positionOf } from '@dual-random/messaging'
import { noMoreThan } from '../arguments.ts'
import { command } from '../command.ts'
import { both, text } from '../text.ts'
import { letterJson, letterLines } from './letter-lines.ts'
import { type Payload, payloadOf } from './payload.ts'
import { lettersOfGroup } from './reading.ts'
import { chosenFrom, groupOf, positionIn } from './selection.ts'

export const dlqShow = command({
  name: 'dlq show',
  usage: 'G PARTITION@OFFSET [--json]',
  summary: text('显示一封死信的全部内容', 'shows all of one dead letter'),
  notes: [
    text(
      '内容按其契约解析为 JSON；解析不了的说明原因，并原样显示 JSON 或开头的字节（十六进制）。',
      'The payload is read by its contract and shown as JSON. Where that fails it says why, and shows the JSON as it stands or the first\nbytes in hex.',
    ),
  ],
  options: {},
  read: (args, complain) => {
    const [group, position] = args.positionals
    noMoreThan(args, 2, complain)
    if (position === undefined) complain('PARTITION@OFFSET: 缺少 (missing)')
    return { group: groupOf(group, complain), position: position === undefined ? '' : positionIn(position, complain) }
  },
  run: async ({ group, position }, context) => {
    const { terminal, json } = context
    const letters = await lettersOfGroup(context, group, (record) => positionOf(record) === position)
    for (const letter of chosenFrom(letters, { kind: 'positions', positions: new Set([position]) })) {
      const payload = payloadOf(letter.record)
      const { headers, topic } = letter.record
      if (json) terminal.out(JSON.stringify({ ...letterJson(letter), topic, headers, payload }))
      else for (const line of [...letterLines(letter), ...headerLines(headers), ...payloadLines(payload)]) terminal.out(line)
    }
    return 0
  },
})

const headerLines = (headers: Readonly<Record<string, string>>): readonly string[] => [
  both(text('头', 'headers')),
  ...Object.entries(headers).map(([name, value]) => `    ${name}: ${value}`),
]

function payloadLines(payload: Payload): readonly string[] {
  const title = both(text('内容', 'payload'))
  switch (payload.kind) {
    case 'message':
      return [title, JSON.stringify(payload.message, undefined, 2)]
    case 'json':
      return [`${title}: ${payload.problem}`, JSON.stringify(payload.json, undefined, 2)]
    case 'bytes':
      return [`${title}: ${payload.problem}; ${both(text(`共 ${payload.bytes} 字节`, `${payload.bytes} bytes`))}`, payload.head]
    default:
      return assertNever(payload)
  }
}
