import { err, ok, type Result } from '@dual-random/kernel'
import { applyItemAnswers, noneAnswer, type ParsedItemTable } from '@dual-random/tables'
import type { ItemPatch } from '../../domain/published-list/item-patch.ts'
import { contentIsName, noParent } from '../../domain/published-list/item-questions.ts'
import type { ListQuestion } from '../../domain/published-list/published-list.ts'
import type { UnitNames } from '../../domain/published-list/unit-names.ts'
import { type AnswerProblem, isCodePrefix, parentRefusal } from './check-answer.ts'
import type { ListContext } from './resolve.ts'

type Refusal = Omit<AnswerProblem, 'index'>
type Value = string | readonly string[]

interface Said {
  readonly values: Readonly<Record<string, Value>>
  readonly patch?: ItemPatch
}

interface Setting {
  readonly parsed: ParsedItemTable
  readonly context: ListContext
}

const wrongForm = ({ questionId }: ListQuestion, message: string): Refusal => ({
  code: 'answer-wrong-form',
  meta: { question: questionId, message },
})

/** What an answer says to one question, or to a row as a whole: a value of the table, or members that become part of the item. */
export function sayTo(
  question: ListQuestion | undefined,
  value: Value | undefined,
  members: ItemPatch,
  setting: Setting,
): Result<Said, Refusal> {
  const hasMembers = Object.keys(members).length > 0
  if (question === undefined) {
    return hasMembers && value === undefined ? ok({ values: {}, patch: members }) : err({ code: 'answer-empty', meta: {} })
  }
  if (value === undefined) {
    return hasMembers && question.lineNo !== undefined ? ok({ values: {}, patch: members }) : err({ code: 'answer-empty', meta: {} })
  }
  const fault = valueFault(question, value, setting)
  if (fault !== undefined) return err(fault)
  if (question.lineNo === undefined) return ok({ values: { [question.questionId]: value } })
  const said = memberOf(question, value, setting.context)
  return said.ok ? ok({ values: {}, patch: { ...said.value, ...members } }) : said
}

/** Whether a value has the form its question asks for: the reader's own questions are judged by the reader. */
function valueFault(question: ListQuestion, value: Value, { parsed }: Setting): Refusal | undefined {
  const { questionId, accepts, form, options, field } = question
  if (!accepts.includes('value')) return wrongForm(question, `此问题须用 ${accepts.join('、')} 回答`)
  if (parsed.questions.some(({ id }) => id === questionId)) {
    const read = applyItemAnswers(parsed, { [questionId]: { value, by: 'answers' } })
    return read.ok ? undefined : wrongForm(question, read.error[0]?.textZh ?? '')
  }
  if (form !== 'texts' && typeof value !== 'string') return wrongForm(question, '应为一段文字')
  if (form === 'choice' && options.every((option) => option.value !== value)) {
    return wrongForm(question, `只能回答：${options.map((option) => option.value).join('、')}`)
  }
  const isPrefix = field !== 'codePrefix' || (typeof value === 'string' && isCodePrefix(value))
  return isPrefix ? undefined : wrongForm(question, '前缀只能用字母、数字、- 和 _，最多 80 个字符')
}

/** The member of the item that a value stands for, by the field of its question. */
function memberOf(question: ListQuestion, value: Value, context: ListContext): Result<ItemPatch, Refusal> {
  const text = typeof value === 'string' ? value.trim() : value.join('；')
  const { field } = question
  if (field === 'initiator') return ok({ initiator: unitName(text, context.names) })
  if (field === 'participants') return ok({ participants: participantsOf(value, context.names) })
  if (field === 'checkContent' && text === contentIsName) return ok({ checkContentFrom: 'name' })
  if (field === 'parentItemCode' && text === noParent) return ok({ parentItemCode: null })
  if (field === 'parentItemCode') {
    const [refusal] = parentRefusal(text, context)
    if (refusal !== undefined) return err(refusal)
  }
  const member = field === 'methods' ? 'checkMethod' : field
  const read = context.read(member, text)
  if (!read.ok) return err(wrongForm(question, `${read.error.reason}。${read.error.action}`))
  return ok({ [member]: read.value })
}

function participantsOf(value: Value, names: UnitNames): readonly string[] {
  if (value === noneAnswer) return []
  return (typeof value === 'string' ? [value] : value).map((text) => unitName(text.trim(), names))
}

/** Unit ids, and names that mean one unit, become its own name; another department stands as written. */
const unitName = (text: string, names: UnitNames): string => names.unit(text)?.name ?? names.named(text)?.name ?? text
