import { assertNever, err, ok, type Result } from '@dual-random/kernel'
import type { AnswerError, Answers } from '../answer.ts'
import type { Question } from '../question.ts'
import { type AnsweredQuestion, concerning, pairAnswers, provenance } from '../settle.ts'
import { cleanName } from '../text.ts'
import type { ItemField } from './item-columns.ts'
import type { ItemValues, ParsedItem, SettledItem } from './item-line.ts'
import type { ParsedItemTable } from './item-table.ts'

type Values = Readonly<Partial<ItemValues>>

/** The items with nothing left to ask, and the questions that still wait. */
export interface AppliedItemAnswers {
  readonly settled: readonly SettledItem[]
  readonly remaining: readonly Question[]
}

function withChoice(values: Values, item: ParsedItem, field: string, choice: string): Values {
  const { participants } = item.readings
  if (field === 'name') return { ...values, name: cleanName(item.cells[choice as ItemField]?.raw ?? '') }
  if (field !== 'elidedNames' || choice !== 'as-written') return values
  return participants?.kind === 'units' && item.known.participants !== undefined
    ? { ...values, participants: participants.asWritten }
    : values
}

function withTexts(values: Values, field: string, texts: readonly string[]): Values {
  if (field === 'participants' || field === 'methods') return { ...values, [field]: texts }
  return { ...values, [field]: texts[0] ?? '' }
}

function withAnswer(values: Values, item: ParsedItem, { question, content }: AnsweredQuestion): Values {
  switch (content.kind) {
    case 'choice':
      return withChoice(values, item, question.field, content.value)
    case 'texts':
      return withTexts(values, question.field, content.texts)
    case 'ratio':
    case 'tiers':
    case 'count':
    case 'integer':
    case 'window':
    case 'date':
      throw new Error(`question ${question.id} of an item list has form ${question.form}`)
    default:
      return assertNever(content)
  }
}

function settleItem(item: ParsedItem, answered: readonly AnsweredQuestion[], answers: Answers): SettledItem {
  const used = concerning(answered, item.itemNo)
  const values = used.reduce((filled: Values, each) => withAnswer(filled, item, each), item.known)
  const { name, domain = '', contents = [], ...rest } = values
  const { ratio, times, levels } = item.readings
  if (!name) throw new Error(`item ${item.itemNo} has no name and was not asked about`)
  return {
    itemNo: item.itemNo,
    domain: domain === '' ? name : domain,
    name,
    contents,
    ...rest,
    levels: levels?.levels ?? [],
    ...(ratio === undefined ? {} : { ratio }),
    ...(times === undefined ? {} : { times }),
    answered: provenance(used, answers),
  }
}

/**
 * Settles the items whose questions, and the table's, are all answered; the other questions remain. Refused as a whole when an answer belongs to
 * no question or does not have the form asked for.
 */
export function applyItemAnswers(parsed: ParsedItemTable, answers: Answers): Result<AppliedItemAnswers, readonly AnswerError[]> {
  const paired = pairAnswers(parsed.questions, answers)
  if (!paired.ok) return err(paired.error)
  const remaining = parsed.questions.filter((question) => answers[question.id] === undefined)
  const blocked = (item: ParsedItem): boolean => remaining.some(({ lineNo }) => lineNo === undefined || lineNo === item.itemNo)
  const settled = parsed.items.filter((item) => !blocked(item)).map((item) => settleItem(item, paired.value, answers))
  return ok({ settled, remaining })
}
