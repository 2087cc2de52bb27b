import type { ImportProblem } from '../problem.ts'
import { cellTooLong, type RecordBatch, type TableRow } from '../record-reader.ts'
import { type Archive, type ArchiveLimits, openArchive, WorkbookFault } from './archive.ts'
import { dateText, readDateStyles } from './date-formats.ts'
import { unescapeText } from './escaped-text.ts'
import { readSharedStrings } from './shared-strings.ts'
import { readWorkbook } from './workbook.ts'
import { readXml, type XmlHandler } from './xml.ts'

/** No register has so many; a cell far to the right would fill memory with empty ones. */
export const maxColumns = 512

/** As many rows as a sheet of a spreadsheet has (ECMA-376, 18.3.1.73). */
export const maxSheetRows = 1_048_576

/** Where `AB12` stands, from 0; undefined for a reference without letters. */
export function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0]
  if (letters === undefined) return undefined
  let column = 0
  for (const letter of letters) column = column * 26 + (letter.charCodeAt(0) - 64)
  return column - 1
}

interface Reading {
  readonly strings: readonly string[]
  readonly dates: ReadonlySet<number>
  readonly is1904: boolean
}

/** What a cell says, as it would stand in a CSV file. */
function cellText(type: string, style: number, value: string, { strings, dates, is1904 }: Reading): string {
  if (type === 's') return strings[Number(value)] ?? ''
  if (type === 'b') return value === '1' ? 'true' : 'false'
  if (type === 'inlineStr' || type === 'str') return unescapeText(value)
  if (type !== 'n' || value === '') return value
  const number = Number(value)
  if (dates.has(style)) return dateText(number, is1904) ?? value
  return Number.isFinite(number) ? String(number) : value
}

/** Gathers the rows of a sheet as its XML goes by; `take` hands over those that are complete. */
function rowGatherer(reading: Reading): XmlHandler & { take(): readonly TableRow[] } {
  let rows: TableRow[] = []
  let cells: string[] = []
  let line = 0
  let [column, style] = [0, 0]
  let type = 'n'
  let value = ''
  let isValue = false
  let isPhonetic = false
  return {
    open: (name, attribute) => {
      if (name === 'row') {
        cells = []
        line = Number(attribute('r') ?? line + 1)
      } else if (name === 'c') {
        column = columnOf(attribute('r') ?? '') ?? cells.length
        if (column >= maxColumns)
          throw new WorkbookFault(
            'too-many-columns',
            `第 ${line} 行有第 ${column + 1} 列，超过上限 ${maxColumns} 列`,
            '删去多余的列后重新导入',
          )
        type = attribute('t') ?? 'n'
        style = Number(attribute('s') ?? -1)
        value = ''
      } else if (name === 'rPh') isPhonetic = true
      isValue = name === 'v' || (name === 't' && !isPhonetic)
    },
    text: (text) => {
      if (isValue) value += text
    },
    close: (name) => {
      isValue = false
      if (name === 'rPh') isPhonetic = false
      if (name === 'c') {
        while (cells.length < column) cells.push('')
        cells[column] = cellText(type, style, value, reading)
      }
      if (name === 'row') rows.push({ line, cells })
    },
    take: () => {
      const complete = rows
      rows = []
      return complete
    },
  }
}

export interface SheetLimits extends ArchiveLimits {
  /** Longest cell, in UTF-16 units. */
  readonly maxCellLength: number
  /** The row that is the last of a sheet, from 1. */
  readonly maxSheetRows: number
}

const isFilled = ({ cells }: TableRow): boolean => cells.some((cell) => cell.trim() !== '')

/**
 * The rows of a workbook's first sheet, piece by piece; `line` is the row that people see. A sheet that is filled down to its last row goes on
 * in the next one where that begins with the same header, its rows counted on. The file and its shared texts are held in memory, the sheets are
 * not. Numbers and dates become texts as in CSV; of a formula its last value is taken.
 */
export async function* readSheetRows(bytes: Uint8Array, limits: SheetLimits): AsyncGenerator<RecordBatch, void, undefined> {
  try {
    const archive: Archive = await openArchive(bytes, limits)
    const { sheets, is1904 } = await readWorkbook(archive)
    const reading = { strings: await readSharedStrings(archive), dates: await readDateStyles(archive), is1904 }
    const batchOf = batcher(limits)
    let header: TableRow | undefined
    for (const [index, sheet] of sheets.entries()) {
      let last: TableRow | undefined
      let mayBeHeader = index > 0
      for await (const found of rowsOf(await archive.open(sheet), reading)) {
        let rows = found
        if (mayBeHeader && rows[0] !== undefined) {
          mayBeHeader = false
          if (!isSameRow(rows[0], header)) return
          rows = rows.slice(1)
        }
        header ??= rows.find(isFilled)
        last = found.at(-1) ?? last
        yield batchOf(rows.map(({ line, cells }) => ({ line: line + index * limits.maxSheetRows, cells })))
      }
      if (last === undefined || last.line < limits.maxSheetRows || !isFilled(last)) return
    }
  } catch (thrown) {
    if (!(thrown instanceof WorkbookFault)) throw thrown
    yield { rows: [], problems: [thrown.problem], broken: true }
  }
}

async function* rowsOf(bytes: AsyncIterable<Uint8Array>, reading: Reading): AsyncGenerator<readonly TableRow[], void, undefined> {
  const gatherer = rowGatherer(reading)
  for await (const _piece of readXml(bytes, gatherer)) yield gatherer.take()
  yield gatherer.take()
}

const isSameRow = (row: TableRow, other: TableRow | undefined): boolean =>
  row.cells.length === other?.cells.length && row.cells.every((cell, column) => cell === other.cells[column])

/** Rows as a CSV file has them: empty cells at the end of a row, which a sheet does not store, and no overlong ones. */
function batcher({ maxCellLength }: SheetLimits): (rows: readonly TableRow[]) => RecordBatch {
  let width = 0
  return (rows) => {
    const good: TableRow[] = []
    const problems: ImportProblem[] = []
    for (const { line, cells } of rows) {
      width = Math.max(width, cells.length)
      const overlong = cells.find((cell) => cell.length > maxCellLength)
      if (overlong === undefined) good.push({ line, cells: [...cells, ...Array.from({ length: width - cells.length }, () => '')] })
      else problems.push(cellTooLong(line, overlong, maxCellLength))
    }
    return { rows: good, problems, broken: false }
  }
}
