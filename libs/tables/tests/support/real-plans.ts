import { readFileSync } from 'node:fs'
import { assertNever } from '@dual-random/kernel'
import {
  type Answers,
  applyAnswers,
  decodeTable,
  dropAnswer,
  type ParsedPlanTable,
  parsePlanTable,
  type Question,
  questionsUnder,
  type SettledPlanLine,
  type Table,
} from '../../src/index.ts'

/** A task as a person read it; a member is absent when the person noted nothing, null when the table does not settle it. */
export interface HumanTask {
  readonly no: string
  readonly ratio_min?: number | null
  readonly ratio_max?: number | null
  readonly count?: number
  readonly base?: number
  readonly base_or_count?: number
  readonly times_min?: number | null
  readonly times_max?: number | null
  readonly per?: string | null
  readonly start?: string | null
  readonly end?: string | null
  readonly deadline?: string
  readonly cutoff?: string
  readonly items?: number
  readonly tiers?: Readonly<Record<string, unknown>>
  readonly risk?: Readonly<Record<string, number>>
  readonly type?: string
  readonly note?: string
}

/** A published plan as a person read it (tests-data/plans/expected.json). */
export interface HumanPlan {
  readonly title: string
  readonly unit: string
  readonly year: number | null
  readonly title_rows: readonly number[]
  readonly header_rows: readonly number[]
  readonly footer_rows: readonly number[]
  readonly columns: number
  readonly data_rows: number
  readonly tasks: number
  readonly items?: number
  readonly initiating: readonly string[]
  readonly participating: readonly string[]
  readonly per_task: readonly HumanTask[]
  readonly warnings?: readonly string[]
}

const folder = new URL('../../tests-data/plans/', import.meta.url)
const human = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, HumanPlan>

export const realPlans = Object.keys(human)

export interface RealPlan {
  readonly table: Table
  readonly plan: HumanPlan
  readonly planYear: number
  readonly parsed: ParsedPlanTable
}

export function realPlan(file: string): RealPlan {
  const table = decodeTable(readFileSync(new URL(file, folder)))
  const plan = human[file]
  if (!table.ok || plan === undefined) throw new Error(file)
  const planYear = plan.year ?? 2022
  return { table: table.value, plan, planYear, parsed: parsePlanTable(table.value, { planYear, title: plan.title }) }
}

/** What a planner could answer: the last of what the question offers, else something of the form it asks for. */
function answerTo({ field, form, raw, options = [], bounds }: Question, year: number): string | readonly string[] {
  const offered = options.findLast(({ value }) => value !== dropAnswer)?.value
  switch (form) {
    case 'choice':
      return offered ?? ''
    case 'share':
      return offered ?? (bounds === undefined ? '10%' : '12户')
    case 'tiers':
      return ['甲类=30%', '其他单位=5.5%']
    case 'integer':
      return offered ?? '3'
    case 'window':
      return offered ?? `${year}-03-01/${year}-11-15`
    case 'date':
      return offered ?? `${year}-11-30`
    case 'text':
      return offered ?? '辖区内经营单位'
    case 'texts':
      return field === 'methods' ? ['现场检查'] : raw.split(/[;；]/).map((text) => text.trim() || '某项检查')
    case 'unit':
      return offered ?? '某市某某局'
    case 'units':
      return ['某市公安局', '某市税务局']
    default:
      return assertNever(form)
  }
}

/** The lines of a table once every question is answered. */
export function settledLines(parsed: ParsedPlanTable, year: number): readonly SettledPlanLine[] {
  const saidTo = (questions: readonly Question[]): Answers =>
    Object.fromEntries(questions.map((question) => [question.id, { value: answerTo(question, year), by: 'planner' }]))
  // An answer may raise a question.
  const applied = applyAnswers(parsed, saidTo(questionsUnder(parsed, saidTo(parsed.questions))))
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  return applied.value.settled
}
