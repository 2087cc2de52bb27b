import Papa from 'papaparse'
import { neutraliseFormula } from './formula.ts'
import type { ImportProblem } from './problem.ts'

/** What stands before the first row of a CSV file, so that Excel and WPS read it as UTF-8. */
export const csvStart = '\ufeff'

/** Rows of a CSV file, formula characters neutralised, each ended by CRLF. */
export const csvRows = (rows: readonly (readonly string[])[]): string =>
  rows.length === 0
    ? ''
    : `${Papa.unparse(
        rows.map((row) => row.map(neutraliseFormula)),
        { newline: '\r\n' },
      )}\r\n`

/** CSV text that Excel and WPS open as text: UTF-8 byte order mark, CRLF, formula characters neutralised. */
export const writeCsv = (rows: readonly (readonly string[])[]): string => `${csvStart}${csvRows(rows)}`

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
