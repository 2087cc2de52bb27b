import {
  assertNever,
  compareRatio,
  err,
  formatPercent,
  type LocalDate,
  ok,
  parseLocalDate,
  parsePercent,
  type Ratio,
  type Result,
} from '@dual-random/kernel'
import type { Question } from './question.ts'

/** What a person settled, and who (a subject id or a role; shown in the provenance). */
export interface Answer {
  readonly value: string | readonly string[]
  readonly by: string
}

/** Question id to answer. */
export type Answers = Readonly<Record<string, Answer>>

/** The share of one kind of objects by its name in the plan. */
export interface NamedRatio {
  readonly name: string
  readonly ratio: Ratio
}

export type AnswerContent =
  | { readonly kind: 'choice'; readonly value: string }
  | { readonly kind: 'ratio'; readonly ratio: Ratio }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'tiers'; readonly tiers: readonly NamedRatio[] }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'window'; readonly start: LocalDate; readonly end: LocalDate }
  | { readonly kind: 'date'; readonly date: LocalDate }
  | { readonly kind: 'texts'; readonly texts: readonly string[] }

export interface AnswerError {
  readonly id: string
  readonly code: 'no-such-question' | 'wrong-form' | 'not-an-option' | 'outside-stated-range' | 'no-author'
  readonly textZh: string
}

/** The answer that a question for departments takes for none, and one for shares takes for "no difference by grade". */
export const noneAnswer = '无'
export const flatAnswer = '一律'

/** The choice that leaves a line out. */
export const dropAnswer = 'drop'

const shares = { min: '不低于', max: '不高于' } as const

function readShare(text: string): AnswerContent | undefined {
  const percent = parsePercent(text)
  if (percent.ok) return { kind: 'ratio', ratio: percent.value }
  const count = /^([1-9]\d{0,6})(?:户|家|个|人)$/.exec(text.trim())?.[1]
  return count === undefined ? undefined : { kind: 'count', count: Number(count) }
}

function readTiers(value: Answer['value'], flatAllowed: boolean): AnswerContent | undefined {
  if (value === flatAnswer && flatAllowed) return { kind: 'choice', value }
  if (typeof value === 'string') return readShare(value)
  const tiers = value.flatMap((each) => {
    const [, name = '', text = ''] = /^([^=]+)=(.+)$/.exec(each) ?? []
    const ratio = parsePercent(text)
    return ratio.ok ? [{ name: name.trim(), ratio: ratio.value }] : []
  })
  return tiers.length === value.length && tiers.length > 0 ? { kind: 'tiers', tiers } : undefined
}

function readWindow(text: string): AnswerContent | undefined {
  const [start, end] = text.split('/').map((part) => parseLocalDate(part.trim()))
  return start === undefined || end === undefined || start > end || text.split('/').length !== 2
    ? undefined
    : { kind: 'window', start, end }
}

function readTexts(value: Answer['value'], mayBeNone: boolean): AnswerContent | undefined {
  if (value === noneAnswer && mayBeNone) return { kind: 'texts', texts: [] }
  const texts = (typeof value === 'string' ? [value] : value).map((text) => text.trim())
  return texts.includes('') || (texts.length === 0 && !mayBeNone) ? undefined : { kind: 'texts', texts }
}

function readForm(question: Question, value: Answer['value']): AnswerContent | undefined {
  const text = typeof value === 'string' ? value.trim() : undefined
  switch (question.form) {
    case 'choice':
      return text === undefined ? undefined : { kind: 'choice', value: text }
    case 'share':
      return text === undefined ? undefined : readShare(text)
    case 'tiers':
      return readTiers(text ?? value, question.options?.some((option) => option.value === flatAnswer) === true)
    case 'integer':
      return text !== undefined && /^[1-9]\d{0,6}$/.test(text) ? { kind: 'integer', value: Number(text) } : undefined
    case 'window':
      return text === undefined ? undefined : readWindow(text)
    case 'date': {
      const date = text === undefined ? undefined : parseLocalDate(text)
      return date === undefined ? undefined : { kind: 'date', date }
    }
    case 'text':
    case 'unit':
      return text === undefined ? undefined : readTexts(text, false)
    case 'texts':
      return readTexts(value, false)
    case 'units':
      return readTexts(value, true)
    default:
      return assertNever(question.form)
  }
}

const forms: Record<Question['form'], string> = {
  choice: '选项之一',
  share: '比例（如 5%）或户数（如 12户）',
  tiers: `“${flatAnswer}”、一个比例（如 5%），或各档比例（如 ["低风险=3%","高风险=10%"]）`,
  integer: '正整数',
  window: '起止日期（如 2024-03-01/2024-12-31）',
  date: '日期（如 2024-11-30）',
  text: '文字',
  texts: '文字或文字的列表',
  unit: '一个单位的名称',
  units: `单位名称的列表，没有则答“${noneAnswer}”`,
}

function outside(question: Question, ratio: Ratio): string | undefined {
  const { min, max } = question.bounds ?? {}
  if (min !== undefined && compareRatio(ratio, min) < 0) return `${shares.min} ${formatPercent(min)}`
  return max !== undefined && compareRatio(ratio, max) > 0 ? `${shares.max} ${formatPercent(max)}` : undefined
}

/**
 * Reads an answer in the form its question asks: `5%` or `12户` (share), `2` (integer), `2024-03-01/2024-12-31` (window), `2024-11-30` (date), the
 * value of an option (choice), a name (text, unit) or a list of names (texts, units; `无` for no unit).
 */
export function readAnswer(question: Question, answer: Answer): Result<AnswerContent, AnswerError> {
  const { id, form, options } = question
  if (answer.by.trim() === '') return err({ id, code: 'no-author', textZh: '没有写明由谁回答' })
  const content = readForm(question, answer.value)
  if (content === undefined) return err({ id, code: 'wrong-form', textZh: `回答的格式应为：${forms[form]}` })
  if (form === 'choice' && options?.every((option) => option.value !== answer.value) === true) {
    return err({ id, code: 'not-an-option', textZh: `只能回答：${options.map((option) => option.value).join('、')}` })
  }
  const breach = content.kind === 'ratio' ? outside(question, content.ratio) : undefined
  return breach === undefined ? ok(content) : err({ id, code: 'outside-stated-range', textZh: `表中写明${breach}` })
}
