import { type Answers, applyAnswers, decodeTable, type ParsedPlanTable, type PlanOptions, parsePlanTable } from '../../src/index.ts'

/** A plan of 2026 written as lines of CSV. */
export function planOf(rows: readonly string[], options: Partial<PlanOptions> = {}): ParsedPlanTable {
  const table = decodeTable(new TextEncoder().encode(rows.join('\n')))
  if (!table.ok) throw new Error(table.error.reason)
  return parsePlanTable(table.value, { planYear: 2026, ...options })
}

/** Its questions, as id and code. */
export const askedOf = ({ questions }: ParsedPlanTable): readonly string[] => questions.map(({ id, code }) => `${id} ${code}`)

/** What the answers settle; a refused one throws. */
export function answered(parsed: ParsedPlanTable, values: Readonly<Record<string, string | readonly string[]>>) {
  const answers: Answers = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, { value, by: 'planner' }]))
  const applied = applyAnswers(parsed, answers)
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  return applied.value
}
