import type { DeadLetter, DeadLetterState, LetterRefusal } from '@dual-random/messaging'
import { chinaTime } from '../china-time.ts'
import { both, type Text, text } from '../text.ts'

const statusTexts = {
  waiting: text('待处理', 'waiting'),
  replayed: text('已重放', 'replayed'),
  dropped: text('已丢弃', 'dropped'),
} as const satisfies Record<DeadLetterState['status'], Text>

const refusalTexts = {
  'not-waiting': text('不在待处理状态', 'it does not wait any more'),
  'no-origin': text('原主题不明或已不存在', 'its topic is not named or does not exist'),
  'earlier-waits': text('同一键的较早事件仍待处理', 'an earlier event of its key waits'),
} as const satisfies Record<LetterRefusal['reason'], Text>

const orNone = (value: string | number | undefined): string => String(value ?? '–')

export const stateText = (state: DeadLetterState): string => {
  const said = both(statusTexts[state.status])
  if (state.status === 'waiting') return said
  return `${said}, ${chinaTime(state.at)}, ${state.by}${state.reason === '' ? '' : `: ${state.reason}`}`
}

/** One line that names a letter. */
export const nameLine = ({ position, eventId, record, type }: DeadLetter): string =>
  `${position}  ${orNone(eventId)}  ${orNone(type)}  ${both(text('键', 'key'))} ${record.key}`

/** A letter in a list. */
export const letterLines = (letter: DeadLetter): readonly string[] => {
  const { cause, seq } = letter
  return [
    `${nameLine(letter)}  seq ${orNone(seq)}`,
    `    ${stateText(letter.state)}`,
    `    ${chinaTime(letter.at)}  ${both(text('来自', 'from'))} ${cause.origin || '–'}`,
    `    ${cause.code || '–'}: ${cause.detail || '–'} (${both(text(`尝试 ${cause.attempts} 次`, `${cause.attempts} attempts`))})`,
  ]
}

/** The same for programs; without the payload. */
export const letterJson = ({ position, at, cause, record, eventId, type, seq, state }: DeadLetter): Readonly<Record<string, unknown>> => ({
  position,
  at: chinaTime(at),
  origin: cause.origin,
  eventId,
  type,
  key: record.key,
  seq,
  reason: cause.code,
  detail: cause.detail,
  attempts: cause.attempts,
  state: state.status === 'waiting' ? state : { ...state, at: chinaTime(state.at) },
})

export const refusalLine = ({ letter, reason, earlier }: LetterRefusal): string =>
  `${both(text('拒绝', 'refused'))}  ${nameLine(letter)}: ${both(refusalTexts[reason])}${earlier === undefined ? '' : ` (${earlier.position}, ${orNone(earlier.eventId)})`}`
