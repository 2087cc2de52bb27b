import { err, ok, type Result } from '@dual-random/kernel'
import { maxCellLength as spreadsheetCell } from './cell-text.ts'
import { decodeText, type TableEncoding } from './encoding.ts'
import type { ImportProblem } from './problem.ts'
import type { Question, TableNote } from './question.ts'
import { createRecordReader, type TableRow } from './record-reader.ts'
import type { MergedCells } from './sheet/sheet.ts'

/** What a workbook tells of its table beside the texts of the cells. */
export interface SheetFacts {
  readonly name: string
  /** Which cells are merged; every other blank is one. */
  readonly merged: readonly MergedCells[]
  readonly questions: readonly Question[]
  readonly notes: readonly TableNote[]
}

/** A file as rows of text; `problems` are records that were left out. */
export interface Table {
  readonly encoding: TableEncoding | 'xlsx'
  readonly rows: readonly TableRow[]
  readonly problems: readonly ImportProblem[]
  /** Of a workbook; a CSV file tells of nothing but texts. */
  readonly sheet?: SheetFacts
}

export interface TableLimits {
  /** Most records of a table held in memory; more belong to `readRecordStream`. */
  readonly maxRows?: number
  /** Longest cell, in UTF-16 units. */
  readonly maxCellLength?: number
}

export const defaultLimits = { maxRows: 100_000, maxCellLength: spreadsheetCell } as const

/** Bytes of a CSV file (UTF-8 with or without byte order mark, or GB18030) to rows; refused whole when it is no such file or too long. */
export function decodeTable(bytes: Uint8Array, limits: TableLimits = {}): Result<Table, ImportProblem> {
  const { maxRows, maxCellLength } = { ...defaultLimits, ...limits }
  const decoded = decodeText(bytes)
  if (!decoded.ok) return decoded
  const reader = createRecordReader({ maxCellLength })
  const batches = [reader.push(decoded.value.text), reader.end()]
  const rows = batches.flatMap((batch) => batch.rows)
  const beyond = rows[maxRows]
  if (beyond !== undefined) {
    return err({
      line: beyond.line,
      code: 'too-many-rows',
      reason: `表格有 ${rows.length} 行，超过上限 ${maxRows} 行`,
      action: '拆成几个文件分别导入',
    })
  }
  return ok({ encoding: decoded.value.encoding, rows, problems: batches.flatMap((batch) => batch.problems) })
}
