import { rowLines } from '../draws/rows.ts'
import { both, text } from '../text.ts'
import type { ShownLine, ShownQuestion } from './shown-line.ts'

/** A row of the table that was left out, and what to do about it. */
export interface ShownProblem {
  readonly line: number
  readonly reason: string
  readonly action: string
}

export interface ShownTable {
  readonly lines: readonly ShownLine[]
  readonly questions: readonly ShownQuestion[]
  /** What a reader inferred: a cell carried from above. */
  readonly notes: readonly { readonly line: number; readonly message: string }[]
  readonly problems: readonly ShownProblem[]
}

const lineOf = (line: number): string => both(text(`第 ${line} 行`, `row ${line}`))

const rowsOf = (rows: readonly number[]): string => {
  const [only, another] = rows
  return only !== undefined && another === undefined ? lineOf(only) : both(text(`第 ${rows.join('、')} 行`, `rows ${rows.join(', ')}`))
}

/** The table in words: each line with what is certain, then what was inferred, asked and left out. */
export function tableLines({ lines, questions, notes, problems }: ShownTable): readonly string[] {
  return [
    ...lines.flatMap(({ lineNo, taskName, rows }) => [`${lineNo}. ${taskName}`, ...rowLines(rows).map((row) => `   ${row}`)]),
    '',
    ...notes.map(({ line, message }) => `· ${lineOf(line)}: ${message}`),
    ...questions.flatMap(questionLines),
    ...problems.map(({ line, reason, action }) => `! ${lineOf(line)}: ${reason}；${action}`),
    both(
      text(
        `${lines.length} 条，${questions.length} 个问题，${problems.length} 行未列入`,
        `${lines.length} lines, ${questions.length} questions, ${problems.length} rows left out`,
      ),
    ),
  ]
}

const questionLines = ({ id, rows, column, cell, message, options }: ShownQuestion): readonly string[] => [
  `? ${id} ${rowsOf(rows)} ${column}${cell === '' || message.includes(cell) ? '' : `“${cell.replace(/\s+/g, ' ')}”`}: ${message}`,
  ...options.map(({ value, label }) => `    ${value}${label === value ? '' : `  ${label}`}`),
]
