import { ok } from '@dual-random/kernel'
import { readWorkbookStream } from '@dual-random/tables'
import { describe, expect, it } from 'vitest'
import { type ExportFormat, type ExportRow, fileOfRows } from './file-of-rows.ts'

const columns = [
  { key: 'code', names: ['编码'], required: true, parse: ok },
  { key: 'words', names: ['词'], required: false, parse: ok },
] as const

async function piecesOf(
  format: ExportFormat,
  rows: readonly ExportRow<(typeof columns)[number]>[],
): Promise<readonly (string | Uint8Array)[]> {
  async function* each() {
    yield* rows
  }
  const pieces: (string | Uint8Array)[] = []
  for await (const piece of fileOfRows(format, { name: 'words', columns, rows: each() })) pieces.push(piece)
  return pieces
}

const row = (code: string, words: readonly string[] = []) => ({ code, words })

describe('a file of rows', () => {
  it('DQ-04 is CSV under the headings people see, with a byte order mark and formula characters neutralised', async () => {
    const file = (await piecesOf('csv', [row('=1+1', ['甲', '乙']), row('a,b')])).join('')
    expect(file).toBe('\ufeff编码,词\r\n\'=1+1,甲；乙\r\n"a,b",\r\n')
  })

  it('DQ-04 is NDJSON by keys, lists as arrays, what is empty left out', async () => {
    expect((await piecesOf('ndjson', [row('=1+1', ['甲', '乙']), row('b')])).join('')).toBe(
      '{"code":"=1+1","words":["甲","乙"]}\n{"code":"b"}\n',
    )
  })

  it('DQ-04 is a workbook under the headings people see, that is read as the same rows', async () => {
    const file = Buffer.concat((await piecesOf('xlsx', [row('230300', ['甲', '乙']), row('a\n-b')])).map((piece) => Buffer.from(piece)))
    const records: unknown[] = []
    for await (const read of readWorkbookStream(file, columns)) records.push(...read.records)
    expect(records).toEqual([
      { line: 2, value: { code: '230300', words: '甲；乙' } },
      { line: 3, value: { code: 'a\n-b', words: undefined } },
    ])
  })

  it('is a header alone, or nothing, without rows', async () => {
    expect(await piecesOf('csv', [])).toEqual(['\ufeff编码,词\r\n'])
    expect(await piecesOf('ndjson', [])).toEqual([])
  })

  it('comes in pieces of 500 rows, so that no more are held', async () => {
    const rows = Array.from({ length: 1001 }, (_, index) => row(String(index)))
    const pieces = await piecesOf('ndjson', rows)
    expect(pieces.map((piece) => String(piece).split('\n').length - 1)).toEqual([500, 500, 1])
  })
})
