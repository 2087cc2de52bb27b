import { assertNever } from '@dual-random/kernel'
import { csvRows, csvStart, type RegisterColumn, writeWorkbook } from '@dual-random/tables'
import { workbookType } from '../import/upload.ts'
import { listed } from './words.ts'

/** Forms of a file without rows, for people to fill in. */
export const templateFormats = ['csv', 'xlsx'] as const

/** Forms of an exported file, by the ending of its name; each holds any number of rows. */
export const exportFormats = ['csv', 'ndjson', 'xlsx'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** One row of an export by the keys of its columns: a text, or the values of a list; the empty text where there is nothing. */
export type ExportRow<Column extends RegisterColumn> = Readonly<Record<Column['key'], string | readonly string[]>>

export const mediaTypeOfExport: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson; charset=utf-8',
  xlsx: workbookType,
}

/** A table of one register, and what its file and its sheet are called. */
export interface ExportedTable<Column extends RegisterColumn> {
  readonly name: string
  readonly columns: readonly Column[]
  readonly rows: AsyncIterable<ExportRow<Column>>
}

const rowsAtOnce = 500

/**
 * The rows as a file in pieces, as the import of the same columns reads it: CSV or a workbook under the headings that people see, with formula
 * characters neutralised, or NDJSON by the keys of the columns. Rows are held a few hundred at a time.
 */
export function fileOfRows<const Column extends RegisterColumn>(
  format: ExportFormat,
  { name, columns, rows }: ExportedTable<Column>,
): AsyncGenerator<string | Uint8Array, void, undefined> {
  const keys = columns.map(({ key }) => key as Column['key'])
  const header = columns.map(({ key, names }) => names[0] ?? key)
  const cellsOf = (batch: readonly ExportRow<Column>[]) => batch.map((row) => keys.map((key) => cellOf(row[key])))
  switch (format) {
    case 'csv':
      return pieces([`${csvStart}${csvRows([header])}`], batchesOf(rows), (batch) => csvRows(cellsOf(batch)))
    case 'ndjson':
      return pieces([], batchesOf(rows), (batch) => batch.map((row) => `${jsonOf(keys, row)}\n`).join(''))
    case 'xlsx':
      return writeWorkbook({ title: name, header, rows: pieces([], batchesOf(rows), cellsOf) })
    default:
      return assertNever(format)
  }
}

async function* batchesOf<T>(rows: AsyncIterable<T>): AsyncGenerator<readonly T[], void, undefined> {
  let waiting: T[] = []
  for await (const row of rows) {
    waiting.push(row)
    if (waiting.length < rowsAtOnce) continue
    yield waiting
    waiting = []
  }
  if (waiting.length > 0) yield waiting
}

async function* pieces<T, Piece>(
  first: readonly Piece[],
  batches: AsyncIterable<T>,
  write: (batch: T) => Piece,
): AsyncGenerator<Piece, void, undefined> {
  yield* first
  for await (const batch of batches) yield write(batch)
}

const cellOf = (value: string | readonly string[]): string => (typeof value === 'string' ? value : listed(value))

/** What is empty is left out: the import reads both alike. */
const jsonOf = <Key extends string>(keys: readonly Key[], row: Readonly<Record<Key, string | readonly string[]>>): string =>
  JSON.stringify(Object.fromEntries(keys.flatMap((key) => (row[key].length === 0 ? [] : [[key, row[key]]]))))
