import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'
import { cellXml } from './cell-xml.ts'
import { maxSheetRows } from './sheet-rows.ts'
import { columnName, sheetEnd, sheetPart, sheetStart, workbookParts } from './workbook-parts.ts'

type Row = readonly string[]

export interface WorkbookTable {
  /** The name of the sheet, at most 20 characters without any of `\ / ? * [ ] :`. */
  readonly title: string
  readonly header: Row
  /** The rows below it, some at a time. */
  readonly rows: AsyncIterable<readonly Row[]>
  /** Most rows of a sheet with its header, what a spreadsheet holds when not given. */
  readonly maxSheetRows?: number
}

/** The same rows are the same bytes, whenever and wherever they are written. */
export const undated = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true } as const

/**
 * A workbook (XLSX) of one table, as its rows come: they are held as few at a time as they are given. Every cell is text, formula characters
 * neutralised as in CSV; what is empty is left out. What a sheet cannot hold goes on in the next, under the same header, where
 * `readWorkbookStream` finds it. Throws a `RangeError` for a cell that is longer than a spreadsheet holds.
 */
export async function* writeWorkbook({
  title,
  header,
  rows,
  maxSheetRows: most = maxSheetRows,
}: WorkbookTable): AsyncGenerator<Buffer, void, undefined> {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  const source = takerOf(rows)
  let sheet: Readable | undefined
  const write = async (): Promise<void> => {
    let sheets = 0
    do {
      sheets += 1
      sheet = Readable.from(sheetPieces(header, source, most), { objectMode: false })
      zip.addReadStream(sheet, sheetPart(sheets), undated)
      await finished(sheet)
    } while (await source.hasMore())
    const names = Array.from({ length: sheets }, (_, index) => (index === 0 ? title : `${title} (${index + 1})`))
    for (const [name, content] of Object.entries(workbookParts(names))) zip.addBuffer(Buffer.from(content), name, undated)
    zip.end()
  }
  const writing = write().catch((error: unknown) => void output.destroy(error as Error))
  try {
    yield* output as AsyncIterable<Buffer>
  } finally {
    // Whoever reads may stop before the end.
    sheet?.destroy()
    await source.close()
    await writing
  }
}

interface RowSource {
  /** At most so many of the rows that come next; none at the end. */
  take(most: number): Promise<readonly Row[]>
  hasMore(): Promise<boolean>
  close(): Promise<void>
}

function takerOf(batches: AsyncIterable<readonly Row[]>): RowSource {
  const iterator = batches[Symbol.asyncIterator]()
  let waiting: readonly Row[] = []
  const fill = async (): Promise<boolean> => {
    while (waiting.length === 0) {
      const next = await iterator.next()
      if (next.done === true) return false
      waiting = next.value
    }
    return true
  }
  return {
    hasMore: fill,
    take: async (most) => {
      await fill()
      const taken = waiting.slice(0, most)
      waiting = waiting.slice(most)
      return taken
    },
    close: async () => void (await iterator.return?.()),
  }
}

async function* sheetPieces(header: Row, source: RowSource, most: number): AsyncGenerator<string, void, undefined> {
  yield sheetStart(header.length) + rowXml(header, 1, 2)
  for (let line = 2; line <= most; ) {
    const rows = await source.take(most - line + 1)
    if (rows.length === 0) break
    const first = line
    yield rows.map((row, index) => rowXml(row, first + index, 1)).join('')
    line += rows.length
  }
  yield sheetEnd
}

const rowXml = (cells: Row, line: number, style: number): string =>
  `<row r="${line}">${cells.map((cell, column) => (cell === '' ? '' : cellXml(cell, `${columnName(column)}${line}`, style))).join('')}</row>`
