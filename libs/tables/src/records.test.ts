import { err, ok } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { CellFault, RegisterColumn } from './columns.ts'
import { readRecords } from './records.ts'
import { decodeTable } from './table.ts'

const notANumber: CellFault = { code: 'not-a-number', reason: '不是数字', action: '填写数字' }
const columns = [
  { key: 'name', names: ['名称', 'name'], required: true, parse: (text: string) => ok(text) },
  {
    key: 'staff',
    names: ['从业人数', 'staff'],
    required: false,
    parse: (text: string) => (/^\d+$/.test(text) ? ok(Number(text)) : err(notANumber)),
  },
] as const satisfies readonly RegisterColumn[]

function read(text: string) {
  const table = decodeTable(new TextEncoder().encode(text))
  if (!table.ok) throw new Error(table.error.code)
  return readRecords(table.value, columns)
}

const problemsOf = (text: string) => read(text).problems.map(({ line, column, code }) => ({ line, column, code }))

describe('readRecords', () => {
  it('maps Chinese and English headings, blanks and width aside, and types the record', () => {
    const expected = [{ line: 2, value: { name: '某厂', staff: 12 } }]
    expect(read('从业 人数,名 称\n12,某厂').records).toEqual(expected)
    expect(read('ＮＡＭＥ,Staff\n某厂,12').records).toEqual(expected)
    const [record] = read('名称\n某厂').records
    const staff: number | undefined = record?.value.staff
    expect(staff).toBeUndefined()
  })

  it('DQ-04 keeps good rows and reports bad ones with line, column, value and what to do', () => {
    const { records, problems } = read('名称,从业人数\n甲,1\n乙,many\n丙,3\n,4')
    expect(records.map((record) => record.value.name)).toEqual(['甲', '丙'])
    expect(problems).toEqual([
      { line: 3, column: '从业人数', value: 'many', ...notANumber },
      { line: 5, column: '名称', value: '', code: 'missing-value', reason: '“名称”不能为空', action: '填写后重新导入这一行' },
    ])
  })

  it('refuses the file when a required column is missing or a column stands twice', () => {
    expect(problemsOf('字号,从业人数\n甲,1')).toEqual([
      { line: 1, column: '名称', code: 'missing-column' },
      { line: 1, column: '字号', code: 'unknown-column' },
    ])
    expect(problemsOf('名称,从业人数,name\n甲,1,乙')).toEqual([{ line: 1, column: 'name', code: 'duplicate-column' }])
    expect(read('名称,从业人数,name\n甲,1,乙').records).toEqual([])
  })

  it('reports an unknown column and reads the others', () => {
    const { records, problems } = read('名称,颜色\n甲,红')
    expect(records).toHaveLength(1)
    expect(problems).toMatchObject([{ line: 1, column: '颜色', code: 'unknown-column' }])
  })

  it('refuses a short row and a long row, not one whose extra cells are blank', () => {
    expect(problemsOf('名称,从业人数\n甲\n乙,1,2\n丙,1,')).toEqual([
      { line: 2, column: undefined, code: 'short-row' },
      { line: 3, column: undefined, code: 'long-row' },
    ])
    expect(read('名称,从业人数\n丙,1,').records).toHaveLength(1)
  })

  it('refuses a row with a formula in a cell', () => {
    const { records, problems } = read('名称,从业人数\n=HYPERLINK("x"),1\n乙,2')
    expect(records).toHaveLength(1)
    expect(problems).toMatchObject([{ line: 2, column: '名称', code: 'formula-cell' }])
  })

  it('says no-rows of a file without data, and not of one with a single row', () => {
    expect(problemsOf('名称,从业人数\n,\n')).toEqual([{ line: 1, column: undefined, code: 'no-rows' }])
    expect(problemsOf('')).toEqual([{ line: 1, column: undefined, code: 'no-rows' }])
    expect(problemsOf('名称\n甲')).toEqual([])
  })
})
