import { err, type Result } from '@dual-random/kernel'
import type { ImportProblem } from './problem.ts'
import { decodeTable, type Table } from './table.ts'
import { readPublishedSheet } from './xlsx/published-sheet.ts'

export interface PublishedTableOptions {
  /** The sheet of a workbook, by its name. */
  readonly sheet?: string
}

const startsWith = (bytes: Uint8Array, ...prefix: readonly number[]): boolean => prefix.every((byte, index) => bytes[index] === byte)

const oldWorkbook: ImportProblem = {
  line: 1,
  code: 'old-workbook',
  reason: '这是旧格式的工作簿（.xls、.et），只读 .xlsx',
  action: '用 Excel 或 WPS 打开后“另存为” .xlsx 或 CSV UTF-8，再导入',
}

const noSheets = (sheet: string): ImportProblem => ({
  line: 1,
  code: 'no-such-sheet',
  reason: `文件不是工作簿，没有工作表“${sheet}”`,
  action: '去掉工作表的名称，或改选工作簿',
})

/** The bytes of a table as an office published it, a workbook (XLSX) or CSV by what they are, to rows; refused whole when they are neither. */
export async function readPublishedTable(bytes: Uint8Array, { sheet }: PublishedTableOptions = {}): Promise<Result<Table, ImportProblem>> {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return await readPublishedSheet(bytes, sheet)
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return err(oldWorkbook)
  return sheet === undefined ? decodeTable(bytes) : err(noSheets(sheet))
}
