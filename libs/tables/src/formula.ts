import type { ImportProblem } from './problem.ts'

// OWASP "CSV Injection" with the full-width forms that East Asian spreadsheets also take for an operator.
const formulaStart = /^(?:[\t\r\n]|[\s\u200b\ufeff]*[=+\-@＝＋－＠])/
const formulaLine = /^(?=[\t]|[^\S\r\n]*[\u200b\ufeff]*[=+\-@＝＋－＠])/

/** Whether a spreadsheet may take the cell, or one of its lines, for a formula. */
export const isFormulaCell = (cell: string): boolean => formulaStart.test(cell)

/** The cell as a spreadsheet shows it but does not run it: `'` before the cell and before each of its lines that starts like a formula. */
export function neutraliseFormula(cell: string): string {
  const lines = cell.split(/(\r\n|\r|\n)/).map((part, index) => (index % 2 === 0 ? part.replace(formulaLine, "'") : part))
  const text = lines.join('')
  return isFormulaCell(text) ? `'${text}` : text
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
