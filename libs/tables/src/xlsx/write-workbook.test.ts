import { ok } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { readWorkbookStream } from '../record-stream.ts'
import { readSheetRows } from './sheet-rows.ts'
import { writeWorkbook } from './write-workbook.ts'

const columns = [
  { key: 'code', names: ['编码'], required: true, parse: (text: string) => ok(text) },
  { key: 'name', names: ['名称'], required: false, parse: (text: string) => ok(text) },
] as const
const header = ['编码', '名称']

async function* each<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values
}

async function written(batches: readonly (readonly (readonly string[])[])[], maxSheetRows = 1_048_576): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  for await (const piece of writeWorkbook({ title: 'objects', header, rows: each(batches), maxSheetRows })) pieces.push(piece)
  return Buffer.concat(pieces)
}

async function cellsOf(bytes: Uint8Array, maxSheetRows = 1_048_576) {
  const rows: { line: number; cells: readonly string[] }[] = []
  for await (const batch of readSheetRows(bytes, { maxCellLength: 32_767, maxSheetRows })) {
    expect(batch.problems).toEqual([])
    rows.push(...batch.rows)
  }
  return rows.map(({ line, cells }) => [line, ...cells])
}

describe('a workbook that is written', () => {
  it('DQ-04 has its header and rows as texts: codes and dates are no numbers, empty cells none at all', async () => {
    const bytes = await written([
      [['230300', '2026-03-01']],
      [
        ['', '甲'],
        ['91230300MA18B7XQ26', ''],
      ],
    ])
    expect(await cellsOf(bytes)).toEqual([
      [1, '编码', '名称'],
      [2, '230300', '2026-03-01'],
      [3, '', '甲'],
      [4, '91230300MA18B7XQ26', ''],
    ])
  })

  it('DQ-04 neutralises formulas as a CSV file does', async () => {
    expect(
      (
        await cellsOf(
          await written([
            [
              ['=1+1', 'a\n-1'],
              ['\tx', "'=1"],
            ],
          ]),
        )
      ).slice(1),
    ).toEqual([
      [2, "'=1+1", "a\n'-1"],
      [3, "'\tx", "'=1"],
    ])
  })

  it('holds what XML cannot, and texts that look like its escapes', async () => {
    const cells = ['a\u0001\u000b\r\n\uffff\ud800b', '_x0041_x0042_ _x00\u0001 _x0041\u0001 <&> ']
    expect((await cellsOf(await written([[cells]])))[1]).toEqual([2, ...cells])
  })

  it('takes a cell as long as a spreadsheet holds and refuses a longer one', async () => {
    const long = '字'.repeat(32_767)
    expect((await cellsOf(await written([[[long, '']]])))[1]).toEqual([2, long, ''])
    await expect(written([[['a', `${long}字`]]])).rejects.toThrow(RangeError)
    await expect(written([[['a', `-${long.slice(1)}`]]])).rejects.toThrow('cell B2 has 32768 characters')
  })

  it('is the same bytes for the same rows', async () => {
    const rows = [[['1', 'a']], [['2', 'b']]]
    expect(Buffer.compare(await written(rows), await written([rows.flat()]))).toBe(0)
  })

  it('goes on in further sheets where one is full, and is read as one table with the lines counted on', async () => {
    const rows = (count: number) => Array.from({ length: count }, (_, index) => [String(index), '甲'])
    for (const count of [1, 2, 3, 4, 5]) {
      const lines = (await cellsOf(await written([rows(count)], 3), 3)).slice(1).map(([line, code]) => [line, code])
      // Each sheet begins with the header: lines 1, 4, 7.
      expect(lines).toEqual([2, 3, 5, 6, 8].slice(0, count).map((line, index) => [line, String(index)]))
    }
  })

  it('is read by its first sheet alone where that is not full', async () => {
    const bytes = await written(
      [
        [
          ['1', 'a'],
          ['2', 'b'],
          ['3', 'c'],
        ],
      ],
      3,
    )
    expect(await cellsOf(bytes, 4)).toHaveLength(3)
  })

  it('ends the reading of its rows when whoever reads it stops, and passes on what goes wrong there', async () => {
    let ended = false
    async function* endless() {
      try {
        for (let serial = 0; ; serial++) yield Array.from({ length: 500 }, (_, index) => [`${serial}-${index * Math.random()}`, ''])
      } finally {
        ended = true
      }
    }
    for await (const piece of writeWorkbook({ title: 'x', header, rows: endless() })) if (piece.length > 1000) break
    expect(ended).toBe(true)
    async function* broken() {
      yield [['1', '']]
      throw new Error('the store is away')
    }
    const read = async () => {
      for await (const _piece of writeWorkbook({ title: 'x', header, rows: broken() }));
    }
    await expect(read()).rejects.toThrow('the store is away')
  })

  it('DQ-04 reads as records again', async () => {
    const records: unknown[] = []
    for await (const read of readWorkbookStream(
      await written([
        [
          ['1', 'a\n-b'],
          ['2', ''],
        ],
      ]),
      columns,
    ))
      records.push(...read.records)
    expect(records).toEqual([
      { line: 2, value: { code: '1', name: 'a\n-b' } },
      { line: 3, value: { code: '2', name: undefined } },
    ])
  })
})
