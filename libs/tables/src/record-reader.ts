import Papa from 'papaparse'
import type { ImportProblem } from './problem.ts'

/** One record of a CSV file: its cells as text and the physical line it starts on, from 1. */
export interface TableRow {
  readonly line: number
  readonly cells: readonly string[]
}

export interface RecordBatch {
  readonly rows: readonly TableRow[]
  readonly problems: readonly ImportProblem[]
  /** The rest of the text cannot be read: stop. */
  readonly broken: boolean
}

/** Takes text in pieces that never end between the two characters of a line break. */
export interface RecordReader {
  push(text: string): RecordBatch
  end(): RecordBatch
}

export interface CellLimits {
  /** Longest cell, in UTF-16 units; 32,767 is what a spreadsheet cell holds. */
  readonly maxCellLength: number
}

const maxRecordLength = 4_194_304

const parserConfig = { delimiter: ',', newline: '\n', quoteChar: '"' } as const

const linesIn = (cells: readonly string[]): number => cells.reduce((lines, cell) => lines + (cell.match(/\n/g)?.length ?? 0), 1)

const malformedQuotes = (line: number): ImportProblem => ({
  line,
  code: 'malformed-quotes',
  reason: `从第 ${line} 行开始的记录引号不成对，可能吞掉了后面的行`,
  action: '在表格软件中检查该行的双引号，另存为 CSV 后重新导入',
})

export function cellTooLong(line: number, cell: string, maxCellLength: number): ImportProblem {
  return {
    line,
    value: cell.slice(0, 40),
    code: 'cell-too-long',
    reason: `单元格有 ${cell.length} 个字，超过上限 ${maxCellLength}`,
    action: '缩短该单元格，或检查引号是否缺失',
  }
}

/**
 * Cuts CSV text into records with papaparse's `Parser`, the class under its own streamer, which leaves an unfinished last record alone.
 * Blank lines count but are no records; a record with broken quotes or an overlong cell is left out and reported.
 */
export function createRecordReader({ maxCellLength }: CellLimits): RecordReader {
  const parser = new Papa.Parser(parserConfig)
  let rest = ''
  let line = 1

  const read = (text: string, last: boolean): RecordBatch => {
    const parsed = parser.parse(text, 0, !last) as Papa.ParseResult<string[]>
    rest = last ? '' : text.slice(parsed.meta.cursor)
    const malformed = new Set(parsed.errors.map((error) => error.row))
    const rows: TableRow[] = []
    const problems: ImportProblem[] = []
    for (const [index, cells] of parsed.data.entries()) {
      const overlong = cells.find((cell) => cell.length > maxCellLength)
      if (malformed.has(index)) problems.push(malformedQuotes(line))
      else if (overlong !== undefined) problems.push(cellTooLong(line, overlong, maxCellLength))
      else if (cells.length > 1 || cells[0] !== '') rows.push({ line, cells })
      line += linesIn(cells)
    }
    const broken = rest.length > maxRecordLength
    if (broken) problems.push(malformedQuotes(line))
    return { rows, problems, broken }
  }

  return {
    push: (text) => read(rest + text.replace(/\r\n?/g, '\n'), false),
    end: () => read(rest, true),
  }
}
