import {
  groupQuestions,
  type ParsedPlanTable,
  type PlanOptions,
  parsePlanTable,
  type Question,
  type QuestionGroup,
  readPublishedTable,
} from '@dual-random/tables'
import { CommandError } from '../command.ts'
import { text } from '../text.ts'
import { parsedLine } from './shown-line.ts'
import type { ShownTable } from './table-lines.ts'

export interface PlanFileOptions extends Pick<PlanOptions, 'planYear' | 'planType'> {
  readonly sheet: string | undefined
}

/** Reads a plan table without planning: names stand as written. Throws a `CommandError` for a file that is no plan table. */
export async function readPlanFile(bytes: Uint8Array, { sheet, ...options }: PlanFileOptions): Promise<ParsedPlanTable> {
  const table = await readPublishedTable(bytes, sheet === undefined ? {} : { sheet })
  if (!table.ok) throw noTable(table.error)
  const parsed = parsePlanTable(table.value, options)
  const [problem] = parsed.problems
  if (parsed.lines.length === 0) throw noTable(problem ?? { reason: '没有找到计划事项', action: '确认文件是年度抽查计划表' })
  return parsed
}

const noTable = ({ reason, action }: { readonly reason: string; readonly action: string }): CommandError =>
  new CommandError(text(`不是可读的计划表：${reason}；${action}`, `no plan table that can be read: ${reason}; ${action}`))

const groupsOf = (questions: readonly Question[]): readonly QuestionGroup<Question>[] =>
  groupQuestions(
    questions,
    ({ id }) => id,
    ({ raw, textZh, form, options, bounds }) => ({ cell: raw, said: [textZh, form, options, bounds] }),
  )

export const shownTable = ({ lines, questions, notes, problems }: ParsedPlanTable): ShownTable => ({
  lines: lines.map(parsedLine),
  questions: groupsOf(questions).map(({ id, rows, question: { column, raw, textZh, options = [] } }) => ({
    id,
    rows,
    column,
    cell: raw,
    message: textZh,
    options: options.map((option) => ({ value: option.value, label: option.textZh })),
  })),
  notes: notes.map(({ line, textZh }) => ({ line, message: textZh })),
  problems,
})

/** The same for programs: a JSON text for each line, question, note and problem, the table's own text beside what was read. */
export const tableRecords = ({ lines, questions, notes, problems }: ParsedPlanTable): readonly object[] => [
  ...lines.map(({ lineNo, taskNo, rows, cells, readings, known }) => ({ kind: 'line', lineNo, taskNo, rows, known, readings, cells })),
  ...notes.map((note) => ({ kind: 'note', ...note })),
  ...groupsOf(questions).map(({ id, question, lineNos, rows }) => ({
    kind: 'question',
    ...question,
    id,
    ...(lineNos.length === 0 ? {} : { lineNos, rows }),
  })),
  ...problems.map((problem) => ({ kind: 'problem', ...problem })),
]
