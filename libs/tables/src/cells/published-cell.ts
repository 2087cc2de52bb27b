import { squash } from '../text.ts'
import { type PublishedCell, quoted, type Said } from './said.ts'
import { levelsSaid, riskSaid } from './said-classes.ts'
import { amountSaid, shareSaid } from './said-share.ts'
import { frequencySaid } from './said-times.ts'
import { partiesSaid } from './said-units.ts'
import { windowSaid } from './said-window.ts'

/** The kinds of column that plans publish (docs/plan-cells.md). */
export const cellColumns = ['比例', '频次', '比例及频次', '时间', '部门', '数量', '层级', '风险'] as const
export type CellColumn = (typeof cellColumns)[number]

const blank = /^(?:[-/\\*]+|无|空|暂无|不涉及|不适用)?$/

/** Reads a cell by the kind of its column. `year` is the plan's: only what the text leaves to it takes it, and says so. */
export function readPublishedCell(column: CellColumn, text: string, year?: number): PublishedCell {
  const plain = squash(text)
  if (column !== '风险' && blank.test(plain)) return plain === '' ? {} : { note: plain }
  const { notes = [], questions = [], ...rest } = readers[column](text, year)
  const cell = {
    ...rest,
    ...(notes.length === 0 ? {} : { note: notes.join('；') }),
    ...(questions.length === 0 ? {} : { question: questions.join('；') }),
  }
  // Punctuation alone: no clause is left that a reader could fail at.
  return Object.keys(cell).length === 0 ? { question: `没有读懂${quoted(plain)}` } : cell
}

const readers: Readonly<Record<CellColumn, (text: string, year: number | undefined) => Said>> = {
  比例: (text, year) => shareSaid(text, '比例', year),
  比例及频次: (text, year) => shareSaid(text, '比例及频次', year),
  频次: frequencySaid,
  数量: amountSaid,
  时间: windowSaid,
  部门: partiesSaid,
  层级: levelsSaid,
  风险: riskSaid,
}
