import type { PlanImport } from './planning-client.ts'
import { planningLine } from './shown-line.ts'
import type { ShownTable } from './table-lines.ts'

/** An import as planning tells it, with what of it is open. */
export const importTable = ({ lines, questions, notes, problems }: PlanImport): ShownTable => ({
  lines: lines.map(planningLine),
  questions: questions
    .filter(({ state }) => state === 'OPEN')
    .map(({ questionId, line, rows = [line], ...question }) => ({ ...question, id: questionId, rows })),
  notes,
  problems,
})
