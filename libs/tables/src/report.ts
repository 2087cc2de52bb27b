import Papa from 'papaparse'
import { neutraliseFormula } from './formula.ts'
import type { ImportProblem } from './problem.ts'

/** CSV text that Excel and WPS open as text: UTF-8 byte order mark, CRLF, formula characters neutralised. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\ufeff${Papa.unparse(
    rows.map((row) => row.map(neutraliseFormula)),
    { newline: '\r\n' },
  )}\r\n`

const header = ['line', 'column', 'value', 'code', 'reason', 'action'] as const

/** The import report as CSV, one row a problem, in the order given. */
export const writeImportReport = (problems: readonly ImportProblem[]): string =>
  writeCsv([
    header,
    ...problems.map((problem) => [
      String(problem.line),
      problem.column ?? '',
      problem.value ?? '',
      problem.code,
      problem.reason,
      problem.action,
    ]),
  ])
