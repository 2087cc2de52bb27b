import { formulaProblem, neutraliseFormula } from './formula.ts'
import type { ImportProblem } from './problem.ts'
import { cellTooLong } from './record-reader.ts'

/** Most UTF-16 units that a cell of a spreadsheet holds. */
export const maxCellLength = 32_767

/** The text of a register cell, the same from every form of file: line breaks as LF, blanks around it left out, halves of surrogate pairs replaced. */
export const cellText = (raw: string): string =>
  (/[\r\ud800-\udfff]/.test(raw) ? raw.replace(/\r\n?/g, '\n').replace(/\p{Cs}/gu, '\ufffd') : raw).trim()

/** Why no register takes a cell, whatever its column: not every form of file could give it back. */
export function cellProblem(line: number, column: string, value: string): ImportProblem | undefined {
  const formula = formulaProblem(line, column, value)
  if (formula !== undefined) return formula
  if (value.includes('\0'))
    return { line, column, value, code: 'nul-character', reason: '单元格中有空字符（U+0000）', action: '删去空字符后重新导入这一行' }
  // Marks make a cell at most twice as long.
  if (value.length > maxCellLength / 2 && neutraliseFormula(value).length > maxCellLength)
    return { ...cellTooLong(line, value, maxCellLength), column }
  return undefined
}
