import type { ImportProblem } from './problem.ts'

// OWASP "CSV Injection" with the full-width forms that East Asian spreadsheets also take for an operator.
const formulaStart = /^(?:[\t\r\n]|[\s\u200b\ufeff]*[=+\-@＝＋－＠])/
const firstLine = /^(?=\t|[^\S\r\n]*[\u200b\ufeff]*[=+\-@＝＋－＠])/
/** A line below the first, behind the marks that it may bear of its own. */
const laterLine = /^(?='*(?:\t|[^\S\r\n]*[\u200b\ufeff]*[=+\-@＝＋－＠]))/
const markedLine = /^'(?='*(?:\t|[^\S\r\n]*[\u200b\ufeff]*[=+\-@＝＋－＠]))/

const lineBreak = /(\r\n|\r|\n)/

/** The cell with another text for each of its lines, counted from 0. */
const mapLines = (cell: string, map: (line: string, index: number) => string): string =>
  cell
    .split(lineBreak)
    .map((part, index) => (index % 2 === 0 ? map(part, index / 2) : part))
    .join('')

/** Whether a spreadsheet may take the cell, or one of its lines, for a formula. */
export const isFormulaCell = (cell: string): boolean => formulaStart.test(cell)

/**
 * The cell as a spreadsheet shows it but does not run it: `'` before the cell and before each of its lines that starts like a formula. A line
 * below the first that has such a mark of its own gets another, so that `restoreFormulaLines` gives back what was there.
 */
export function neutraliseFormula(cell: string): string {
  const text = mapLines(cell, (line, index) => line.replace(index === 0 ? firstLine : laterLine, "'"))
  return isFormulaCell(text) ? `'${text}` : text
}

/** A cell of a file without the marks that `neutraliseFormula` put before its later lines; no register takes a cell that has one before the first. */
export const restoreFormulaLines = (cell: string): string =>
  /[\r\n]'/.test(cell) ? mapLines(cell, (line, index) => (index === 0 ? line : line.replace(markedLine, ''))) : cell

/** A cell of a published table without any mark of `neutraliseFormula`: what it stood for when it was written. */
export function restoreFormula(cell: string): string {
  const text = restoreFormulaLines(cell)
  const unmarked = text.slice(1)
  return text.startsWith("'") && (isFormulaCell(unmarked) || firstLine.test(unmarked)) ? unmarked : text
}

/** The problem of a register cell that starts like a formula; undefined when it does not. Registers refuse such rows. */
export function formulaProblem(line: number, column: string, value: string): ImportProblem | undefined {
  if (!isFormulaCell(value)) return undefined
  return {
    line,
    column,
    value,
    code: 'formula-cell',
    reason: '单元格以公式字符（= + - @ 制表符 回车或其全角形式）开头，表格软件可能当作公式执行',
    action: '改为普通文本，去掉开头的公式字符后重新导入',
  }
}
