import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeTable } from '../table.ts'
import { type CellColumn, cellColumns, readPublishedCell } from './published-cell.ts'
import type { PublishedCell } from './said.ts'

const dataOf = (name: string): Buffer => readFileSync(new URL(`../../tests-data/${name}`, import.meta.url))

/** What a person read in each cell of tests-data/cells.csv: nine values, blank where the cell is silent, and further words. */
function humanReadings() {
  const table = decodeTable(dataOf('cells.csv'))
  if (!table.ok) throw new Error(table.error.code)
  return table.value.rows.slice(1).map(({ cells }) => ({
    id: cells[0] ?? '',
    column: cells[1] as CellColumn,
    text: cells[2] ?? '',
    // 次年 and 末 stand in the notes.
    values: cells.slice(3, 12).map((value) => value.replace(/次年|月末/g, '')),
    other: cells[12] ?? '',
  }))
}

const shown = (value: string | number | undefined): string => (value === undefined ? '' : String(value))

const valuesOf = ({ ratioMin, ratioMax, countMin, countMax, timesMin, timesMax, timesPer, from, to }: PublishedCell): readonly string[] =>
  [ratioMin, ratioMax, countMin, countMax, timesMin, timesMax, timesPer, from, to].map(shown)

/** One line of tests-data/cell-forms.ndjson: forms in use in plans of other cities. */
interface Form {
  readonly column: CellColumn
  readonly text: string
  readonly year: number
  readonly expected: PublishedCell
}

const forms = dataOf('cell-forms.ndjson')
  .toString()
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as Form)

const cells = humanReadings()
const read = (id: string, year = 2024): PublishedCell => {
  const cell = cells.find((each) => each.id === id)
  if (cell === undefined) throw new Error(id)
  return readPublishedCell(cell.column, cell.text, year)
}

describe('cells of published plans', () => {
  it('PLN-13 are sixty, of every kind of column', () => {
    expect(cells).toHaveLength(60)
    expect(new Set(cells.map(({ column }) => column))).toEqual(new Set(cellColumns))
  })

  it.each(cells)('PLN-13 DQ-06 reads $id as a person did', ({ column, text, values }) => {
    expect(valuesOf(readPublishedCell(column, text, 2024))).toEqual(values)
  })

  it.each(['C006', 'C016', 'C025', 'C028', 'C037', 'C043', 'C055', 'C059'])('PLN-13 asks about %s, which leaves something open', (id) => {
    expect(read(id).question).toBeDefined()
  })

  it('PLN-13 tells the kinds of objects apart', () => {
    expect(read('C003').tiers?.map(({ when, ratioMin }) => [when, ratioMin])).toEqual([
      ['三级定点医疗机构', 50],
      ['二级定点医疗机构', 30],
      ['一级及以下定点医疗机构、定点药店', undefined],
    ])
    expect(read('C012').tiers?.map(({ ratioMin, per }) => [ratioMin, per])).toEqual([
      [10, '月'],
      [5, '月'],
    ])
    expect(read('C014')).toMatchObject({
      tiers: [{ when: '重点源', ratioMin: 100 }, { when: '一般源' }],
      note: expect.stringContaining('1:10'),
    })
  })

  it('PLN-13 reads who takes part, and whether all do', () => {
    expect(read('C050')).toMatchObject({ partiesMode: 'oneOf', parties: ['文化和旅游部门', '卫生健康部门', '宣传部门'] })
    expect(read('C051')).toMatchObject({ partiesMode: 'oneOf', note: '择一：卫生健康部门、文化和旅游部门；另有：宣传部门、消防救援机构' })
    expect(read('C053').parties).toHaveLength(4)
    expect(read('C054')).toMatchObject({ partiesMode: 'all', parties: ['政审处', '基教处', '职成处'], note: '政审处牵头' })
    expect(read('C055')).not.toHaveProperty('parties')
  })

  it.each(forms)('PLN-13 reads $column $text', ({ column, text, year, expected }) => {
    expect(readPublishedCell(column, text, year)).toEqual(expected)
  })

  it('PLN-13 asks for the year of days where neither cell nor plan has one', () => {
    expect(readPublishedCell('时间', '3月1日-5月31日')).toEqual({ question: '没有写年份：是哪一年？' })
    expect(readPublishedCell('时间', '11月30日前')).toEqual({ question: '没有写年份：是哪一年？' })
    expect(readPublishedCell('时间', '3月-5月')).toEqual({ from: '03', to: '05' })
  })

  it.each(cellColumns.filter((column) => column !== '风险'))('PLN-13 asks what punctuation alone means as %s', (column) => {
    for (const text of [';', '；', '、', ',', '(', '。'])
      expect(readPublishedCell(column, text, 2024)).toMatchObject({ question: expect.any(String) })
  })

  it('PLN-13 says something of every text: a value, a note or a question', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cellColumns),
        fc.array(
          fc.constantFrom('5', '%', '次', '年', '月', '、', '不低于', '家', '局', '-', '每', '(', ')', 'A类', '等', '或', '高风险', ';'),
          {
            minLength: 1,
            maxLength: 12,
          },
        ),
        (column, parts) => {
          expect(Object.keys(readPublishedCell(column, parts.join(''), 2024)).length).toBeGreaterThan(0)
        },
      ),
    )
  })
})
