import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { decodeTable } from '../table.ts'
import { type ParsedRoster, parseRosterTable } from './roster-table.ts'

/** A roster as a person read it. */
interface HumanRoster {
  readonly data_rows: number
  readonly objects: number
  readonly initiating: readonly string[]
  readonly participating: readonly string[]
}

const folder = new URL('../../tests-data/rosters/', import.meta.url)
const human = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, HumanRoster>

function parsed(bytes: Uint8Array): ParsedRoster {
  const table = decodeTable(bytes)
  if (!table.ok) throw new Error(table.error.reason)
  return parseRosterTable(table.value)
}
const parsedText = (...lines: readonly string[]): ParsedRoster => parsed(new TextEncoder().encode(`${lines.join('\n')}\n`))

describe.each(Object.entries(human))('%s', (file, expected) => {
  const roster = parsed(readFileSync(new URL(file, folder)))

  it('DQ-04 finds every row, object and department that a person found', () => {
    expect(roster.problems).toEqual([])
    expect(roster.questions).toEqual([])
    expect(roster.rows).toHaveLength(expected.data_rows)
    expect(new Set(roster.rows.map(({ objectName }) => objectName)).size).toBe(expected.objects)
    for (const row of roster.rows) {
      expect(row.initiators).toEqual(expected.initiating)
      expect(row.participants).toEqual(expected.participating)
    }
  })

  it('DQ-04 ascribes what is said of all to none of them: each result is pending', () => {
    expect(roster.rows.map(({ result }) => result)).toEqual(roster.rows.map(() => null))
    expect(new Set(roster.rows.map(({ groupRemark }) => groupRemark)).size).toBe(1)
    expect(roster.notes.filter(({ code }) => code === 'result-pending')).toHaveLength(expected.data_rows)
    expect(roster.notes.map(({ code }) => code)).toContain('participants-open')
  })
})

describe('a roster with results of its own', () => {
  const header = '序号,抽查对象名称,发起部门,参与部门,检查日期,检查结果'

  it('DQ-04 keeps the result of each object, also where the other cells are merged', () => {
    const roster = parsedText(
      header,
      '1,甲校,市教育局,民政部门,2022年10月18日,未发现问题',
      '2,乙校,,,,',
      '3,丙校,市教育局,民政部门,2022年10月19日,责令改正',
    )
    expect(roster.rows.map(({ result, groupRemark }) => [result, groupRemark])).toEqual([
      [null, '未发现问题'],
      [null, '未发现问题'],
      ['责令改正', null],
    ])
    const own = parsedText(header, '1,甲校,市教育局,民政部门,2022年10月18日,未发现问题', '2,乙校,市教育局,民政部门,2022年10月18日,责令改正')
    expect(own.rows.map(({ result }) => result)).toEqual(['未发现问题', '责令改正'])
  })

  it('DQ-04 tells of a row of the wrong width by its line, and of a file without a header', () => {
    const roster = parsedText(header, '1,甲校,市教育局,民政部门,2022年10月18日,未发现问题', '2,乙校')
    expect(roster.problems).toMatchObject([{ line: 3, code: 'short-row' }])
    expect(parsedText('甲,乙', '1,2')).toMatchObject({
      rows: [],
      fault: { line: 1, value: '甲，乙', code: 'no-header' },
      problems: [{ line: 2, value: '1，2', code: 'row-without-header' }],
    })
    expect(parsedText('甲,乙').fault?.action).toContain('“抽查对象名称”')
  })

  it('DQ-04 leaves out rows that name no object, and tells a table without rows from one with', () => {
    const roster = parsedText(
      header,
      '1,甲校,市教育局,民政部门,2022年10月18日,未发现问题',
      '2,,市教育局,民政部门,2022年10月18日,未发现问题',
    )
    expect(roster.rows.map(({ line }) => line)).toEqual([2])
    expect(roster.problems).toMatchObject([{ line: 3, code: 'object-not-named' }])
    expect(roster.fault).toBeUndefined()
    expect(roster.headings).toMatchObject({ object: '抽查对象名称', result: '检查结果' })
    expect(parsedText(header)).toMatchObject({ rows: [], problems: [], fault: { code: 'no-rows' } })
  })
})

describe('library-sizes.csv', () => {
  const roster = parsed(readFileSync(new URL('library-sizes.csv', folder)))

  it('DQ-04 is a table of pool sizes and no roster: each of its rows is told of by its line', () => {
    expect(roster.rows).toEqual([])
    expect(roster.fault).toMatchObject({ line: 1, code: 'no-header' })
    expect(roster.problems.map(({ line }) => line)).toEqual(Array.from({ length: 12 }, (_, index) => index + 2))
    expect(roster.problems[8]?.value).toContain('西丰县')
  })
})
