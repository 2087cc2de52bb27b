import { readFileSync } from 'node:fs'
import { ok } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { zipOf } from '../../tests/support/zip-of.ts'
import { readWorkbookStream } from '../record-stream.ts'
import type { ArchiveLimits } from './archive.ts'
import { dateText } from './date-formats.ts'

const columns = [
  { key: 'code', names: ['编码'], required: true, parse: (text: string) => ok(text) },
  { key: 'name', names: ['名称'], required: false, parse: (text: string) => ok(text) },
  { key: 'until', names: ['有效期至'], required: false, parse: (text: string) => ok(text) },
] as const

async function read(bytes: Uint8Array, limits: ArchiveLimits & { readonly maxCellLength?: number } = {}) {
  const records: unknown[] = []
  const problems: unknown[] = []
  for await (const some of readWorkbookStream(bytes, columns, limits)) {
    records.push(...some.records)
    problems.push(...some.problems)
  }
  return { records, problems }
}

const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
const parts = (rows: string) => ({
  'xl/workbook.xml': `<workbook ${main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="甲" sheetId="1" r:id="rId7"/><sheet name="乙" sheetId="2" r:id="rId8"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels':
    '<Relationships><Relationship Id="rId8" Target="worksheets/sheet2.xml"/><Relationship Id="rId7" Target="worksheets/sheet1.xml"/></Relationships>',
  'xl/worksheets/sheet1.xml': `<worksheet ${main}><sheetData>${rows}</sheetData></worksheet>`,
})
const text = (cell: string, value: string): string => `<c r="${cell}" t="inlineStr"><is><t>${value}</t></is></c>`
const header = `<row r="1">${text('A1', '编码')}${text('B1', '名称')}${text('C1', '有效期至')}</row>`

describe('a workbook', () => {
  it('DQ-04 REG-23 is read as another program wrote it: shared texts, numbers, dates, empty cells', async () => {
    // Written by openpyxl 3.1 (tests-data/README.md).
    const bytes = readFileSync(new URL('../../tests-data/xlsx/register.xlsx', import.meta.url))
    expect(await read(bytes)).toEqual({
      records: [
        { line: 2, value: { code: '001', name: '甲 & 乙', until: '2029-12-31' } },
        { line: 3, value: { code: '230300123456', name: undefined, until: '2026-03-01 08:30' } },
        { line: 5, value: { code: 'c', name: '两\n行', until: undefined } },
      ],
      problems: [{ line: 6, column: '编码', value: '', code: 'missing-value', reason: '“编码”不能为空', action: '填写后重新导入这一行' }],
    })
  })

  it('DQ-04 is judged row by row like a CSV file, by its first sheet, whatever its parts are called', async () => {
    const rows = `${header}<row r="3">${text('A3', '=1')}${text('B3', '甲')}</row><row r="4">${text('B4', '乙')}${text('A4', 'x')}</row>`
    const { records, problems } = await read(zipOf(parts(rows)))
    expect(records).toEqual([{ line: 4, value: { code: 'x', name: '乙', until: undefined } }])
    expect(problems).toMatchObject([{ line: 3, column: '编码', code: 'formula-cell' }])
  })

  it.each([
    ['no zip file', new Uint8Array([0x50, 0x4b, 3, 4, 5])],
    ['a zip file of something else', zipOf({ 'a.txt': 'a' })],
    ['broken XML', zipOf(parts('<row r="1"><c></row>'))],
    ['XML without its end', zipOf({ ...parts(header), 'xl/worksheets/sheet1.xml': '<worksheet><sheetData>' })],
    ['an entity of its own', zipOf({ ...parts(header), 'xl/worksheets/sheet1.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' })],
  ])('is refused when it is %s', async (_what, bytes) => {
    expect(await read(bytes)).toMatchObject({ records: [], problems: [{ line: 1, code: 'broken-workbook' }] })
  })

  it('is refused when it would unpack to far more than it is', async () => {
    const bomb = parts(`${header}<!--${' '.repeat(3_000_000)}-->`)
    expect((await read(zipOf(bomb))).problems).toMatchObject([{ code: 'workbook-too-large' }])
    expect((await read(zipOf(bomb), { maxRatio: 2000 })).problems).toMatchObject([{ code: 'no-rows' }])
    expect((await read(zipOf(bomb), { maxRatio: 2000, maxUnpackedBytes: 3_000_000 })).problems).toMatchObject([
      { code: 'workbook-too-large' },
    ])
    const lying = zipOf(bomb, { 'xl/worksheets/sheet1.xml': 1000 })
    expect((await read(lying)).problems).toMatchObject([{ code: 'broken-workbook' }])
  })

  it('reports an overlong cell, and refuses a sheet of too many columns', async () => {
    const rows = (cell: string) => `${header}<row r="2">${text('A2', 'x')}${text(cell, 'far too long')}</row>`
    expect((await read(zipOf(parts(rows('B2'))), { maxCellLength: 11 })).problems).toMatchObject([{ line: 2, code: 'cell-too-long' }])
    expect((await read(zipOf(parts(rows('B2'))), { maxCellLength: 12 })).records).toHaveLength(1)
    expect((await read(zipOf(parts(rows('SS2'))))).problems).toMatchObject([{ code: 'too-many-columns' }])
  })
})

describe('a serial number of a date', () => {
  it.each([
    [61, false, '1900-03-01'],
    [60, false, undefined],
    [46_387, false, '2026-12-31'],
    [46_387.25, false, '2026-12-31 06:00'],
    [44_925, true, '2026-12-31'],
    [2_958_465, false, '9999-12-31'],
    [2_958_466, false, undefined],
  ])('%d in the calendar from 1904 %s is %s', (serial, is1904, expected) => {
    expect(dateText(serial, is1904)).toBe(expected)
  })
})
