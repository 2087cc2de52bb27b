import { assertNever } from '@dual-random/kernel'
import { csvRows, csvStart, type RegisterColumn } from '@dual-random/tables'
import { headingsOf } from './templates.ts'
import { listed } from './words.ts'

/** Forms of an exported file that hold any number of rows, by the ending of its name. */
export const exportFormats = ['csv', 'ndjson'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** One row of an export by the keys of its columns: a text, or the values of a list; the empty text where there is nothing. */
export type ExportRow<Column extends RegisterColumn> = Readonly<Record<Column['key'], string | readonly string[]>>

export const mediaTypeOfExport: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
}

const rowsAtOnce = 500

/**
 * The rows as a file in pieces, as the import of the same columns reads it: CSV under the headings that people see, with formula characters
 * neutralised, or NDJSON by the keys of the columns. Rows are held a few hundred at a time.
 */
export async function* fileOfRows<const Column extends RegisterColumn>(
  format: ExportFormat,
  columns: readonly Column[],
  rows: AsyncIterable<ExportRow<Column>>,
): AsyncGenerator<string, void, undefined> {
  const keys = columns.map(({ key }) => key as Column['key'])
  const write = writerOf(format, keys)
  if (format === 'csv') yield `${csvStart}${csvRows([headingsOf(columns)])}`
  let waiting: ExportRow<Column>[] = []
  for await (const row of rows) {
    waiting.push(row)
    if (waiting.length < rowsAtOnce) continue
    yield write(waiting)
    waiting = []
  }
  if (waiting.length > 0) yield write(waiting)
}

function writerOf<Key extends string>(
  format: ExportFormat,
  keys: readonly Key[],
): (rows: readonly Readonly<Record<Key, string | readonly string[]>>[]) => string {
  switch (format) {
    case 'csv':
      return (rows) => csvRows(rows.map((row) => keys.map((key) => cellOf(row[key]))))
    case 'ndjson':
      return (rows) => rows.map((row) => `${JSON.stringify(Object.fromEntries(keys.flatMap((key) => memberOf(key, row[key]))))}\n`).join('')
    default:
      return assertNever(format)
  }
}

const cellOf = (value: string | readonly string[]): string => (typeof value === 'string' ? value : listed(value))

/** What is empty is left out: the import reads both alike. */
const memberOf = (key: string, value: string | readonly string[]): readonly (readonly [string, unknown])[] =>
  value.length === 0 ? [] : [[key, value]]
