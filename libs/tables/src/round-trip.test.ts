import { ok } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRecordStream, readWorkbookStream } from './record-stream.ts'
import { type RecordsRead, readRecords } from './records.ts'
import { writeCsv } from './report.ts'
import { decodeTable } from './table.ts'
import { writeWorkbook } from './xlsx/write-workbook.ts'

const columns = [
  { key: 'code', names: ['编码'], required: true, parse: (text: string) => ok(text) },
  { key: 'name', names: ['名称'], required: false, parse: (text: string) => ok(text) },
] as const
const header = ['编码', '名称']

type Read = RecordsRead<{ readonly code: string; readonly name: string | undefined }>

/** What a register takes of a text that a program sends it, whose cells no spreadsheet has seen. */
function taken(name: string) {
  return readRecords(
    {
      encoding: 'utf-8',
      rows: [
        { line: 0, cells: ['code', 'name'] },
        { line: 1, cells: ['1', name] },
      ],
      problems: [],
    },
    columns,
  )
}

async function allOf(reads: AsyncIterable<Read>): Promise<Read> {
  const all: Read[] = []
  for await (const read of reads) all.push(read)
  return { records: all.flatMap(({ records }) => records), problems: all.flatMap(({ problems }) => problems) }
}

async function* once<T>(value: T): AsyncGenerator<T> {
  yield value
}

const throughCsv = (...rows: readonly (readonly string[])[]) =>
  allOf(readRecordStream(once(new TextEncoder().encode(writeCsv([header, ...rows]))), columns))

async function throughWorkbook(...rows: readonly (readonly string[])[]) {
  const pieces: Uint8Array[] = []
  for await (const piece of writeWorkbook({ title: 'x', header, rows: once(rows) })) pieces.push(piece)
  return allOf(readWorkbookStream(Buffer.concat(pieces), columns))
}

describe('what a register took', () => {
  const risky = fc.string({
    unit: fc.constantFrom(
      '=',
      '+',
      '-',
      '@',
      '＝',
      '－',
      '\t',
      '\r',
      '\n',
      ' ',
      '\u200b',
      '\ufeff',
      '\u0001',
      '\0',
      '"',
      "'",
      ',',
      '_x000D_',
      'a',
      '中',
      '\ud800',
    ),
    maxLength: 12,
  })

  it('DQ-04 comes back from a CSV file and from a workbook as it was, whatever is neutralised there', async () => {
    const any = fc.string({ unit: fc.integer({ min: 0, max: 0x10_ffff }).map((point) => String.fromCodePoint(point)) })
    // Many in a file, because a file costs more than a text.
    const texts = fc.array(fc.oneof(risky, any), { minLength: 50, maxLength: 100 })
    await fc.assert(
      fc.asyncProperty(texts, async (each) => {
        const values = each.flatMap((text) => taken(text).records.map(({ value }) => value))
        const rows = values.map(({ code, name }) => [code, name ?? ''])
        for (const read of [await throughCsv(...rows), await throughWorkbook(...rows)]) {
          expect(read.problems).toEqual([])
          expect(read.records.map(({ value }) => value)).toEqual(values)
        }
      }),
      { numRuns: 6 },
    )
  })

  it('DQ-04 keeps a mark of its own before a line, and takes away only the one that the file put there', async () => {
    const value = "冷库\n-18℃\n'-18℃\n''@\n'x"
    expect(writeCsv([[value]])).toBe("\ufeff\"冷库\n'-18℃\n''-18℃\n'''@\n'x\"\r\n")
    expect((await throughCsv(['1', value])).records).toMatchObject([{ value: { name: value } }])
    // Before the first line no register has a formula, so a mark there is part of the text.
    expect((await throughCsv(['1', "'=1"])).records).toMatchObject([{ value: { name: "'=1" } }])
  })

  it.each([
    ['a formula', 'formula-cell', '=1'],
    ['U+0000', 'nul-character', 'a\0b'],
    ['more than a cell holds', 'cell-too-long', '字'.repeat(32_768)],
    ['more than a cell holds with its marks', 'cell-too-long', '字\n-'.repeat(9000)],
  ])('DQ-04 is never %s, which no file could give back: %s', (_what, code, text) => {
    expect(taken(text)).toMatchObject({ records: [], problems: [{ line: 1, column: 'name', code }] })
  })

  it.each([['字'.repeat(32_767)], ['字\n-'.repeat(8191)]])('takes a cell as long as a spreadsheet holds', async (text) => {
    expect(taken(text).records).toHaveLength(1)
    expect((await throughWorkbook(['1', text])).records).toMatchObject([{ value: { name: text } }])
    expect((await throughCsv(['1', text])).records).toMatchObject([{ value: { name: text } }])
  })

  it('has LF for every line break, as CSV files give it', () => {
    expect(taken('a\r\nb\rc').records).toMatchObject([{ value: { name: 'a\nb\nc' } }])
    const table = decodeTable(new TextEncoder().encode('编码\n"a\r\nb"'))
    expect(table.ok && table.value.rows[1]?.cells).toEqual(['a\nb'])
  })
})
