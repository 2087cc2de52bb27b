import { readFileSync } from 'node:fs'
import type { Instant, RegionCode, UnitId } from '@dual-random/kernel'
import { decodeTable } from '@dual-random/tables'
import { describe, expect, it } from 'vitest'
import { keep } from '../../domain/published-list/keep.ts'
import type { ListAnswer, PublishedList, RecordedAnswer } from '../../domain/published-list/published-list.ts'
import { unitNames } from '../../domain/published-list/unit-names.ts'
import type { Unit } from '../../domain/unit.ts'
import { readNationalLists } from '../../files.ts'
import { memberReader } from './members.ts'
import { notesOf, otherRowsOf, readList } from './read-list.ts'
import { type ListContext, resolveList } from './resolve.ts'
import { takeAnswers } from './take-answers.ts'

const regionCode = '230900' as RegionCode
const departments = ['宣传', '文化和旅游', '教育', '市场监管', '税务', '卫生健康', '公安']
const units = departments.map(
  (department, index): Unit => ({
    unitId: `230900-${index}` as UnitId,
    regionCode,
    name: `七台河市${department}局`,
    kind: 'DEPARTMENT',
    parentUnitId: null,
    department,
  }),
)

const context: ListContext = {
  names: unitNames(units, regionCode),
  read: memberReader(readNationalLists()),
  superiorItems: [],
  elsewhere: new Map(),
}

function setting(text: string | Uint8Array, now: ListContext = context) {
  const table = decodeTable(typeof text === 'string' ? new TextEncoder().encode(text) : text)
  if (!table.ok) throw new Error(table.error.reason)
  const parsed = readList(table.value, now.names)
  const act = { by: 'clerk', at: '2026-01-20T02:00:00.000Z' as Instant }
  const known = resolveList(parsed, [], now).questions
  const take = (answers: readonly ListAnswer[], before: readonly RecordedAnswer[] = []) =>
    takeAnswers(answers, before, { parsed, context: now, act, known })
  return { table: table.value, parsed, take, resolution: resolveList(parsed, [], now) }
}

type Setting = ReturnType<typeof setting>

function taken({ take }: Setting, ...answers: readonly ListAnswer[]) {
  const result = take(answers)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

function refusals({ take }: Setting, ...answers: readonly ListAnswer[]): readonly string[] {
  const result = take(answers)
  return result.ok ? [] : result.error.map(({ index, code }) => `${index} ${code}`)
}

const open = ({ questions }: { readonly questions: readonly { readonly questionId: string }[] }): readonly string[] =>
  questions.map(({ questionId }) => questionId)

const fenyang = setting(readFileSync(new URL('../../../../../deploy/demo/data/fenyang-2021-joint.csv', import.meta.url)))

describe('a joint list as a county published it', () => {
  it('DQ-04 REG-02 asks for what each row lacks, beside what its cells leave open', () => {
    expect(
      open(fenyang.resolution).filter((id) => !/\/(?:legalBasis|checkContent|checkMethod|applicability|itemClass|fieldClass)$/.test(id)),
    ).toEqual([
      'table/codePrefix',
      'table/listType',
      'line-4/name',
      'line-7/initiator',
      'line-7/participants',
      'line-8/initiator',
      'line-8/participants',
    ])
    for (const field of ['legalBasis', 'checkContent', 'checkMethod', 'applicability', 'itemClass', 'fieldClass']) {
      expect(open(fenyang.resolution).filter((id) => id.endsWith(`/${field}`))).toHaveLength(11)
    }
  })

  it('DQ-04 says which columns an item has no place for, and keeps their cells', () => {
    const kept = notesOf(fenyang.parsed).filter(({ code }) => code === 'column-kept-only')
    expect(kept.map(({ column }) => column)).toEqual(['抽查领域', '检查对象', '抽查层级'])
    expect(fenyang.resolution.items[5]?.cells).toContainEqual({ column: '抽查层级', text: '县(区)级' })
    expect(otherRowsOf(fenyang.table, fenyang.parsed)).toEqual([
      { line: 1, text: '序号，抽查领域，抽查事项，检查对象，发起部门，配合部门，抽查层级' },
    ])
  })

  it('one answer settles a question of every item, by its code', () => {
    const { resolution, recorded } = taken(
      fenyang,
      { code: 'legal-basis-missing', legalBasis: '示例依据', synthetic: true },
      { code: 'check-content-missing', value: 'item-name' },
      { code: 'check-method-missing', value: '现场检查' },
      { code: 'item-class-missing', itemClass: 'GENERAL', fieldClass: 'GENERAL' },
    )
    expect(open(resolution).filter((id) => /legalBasis|checkContent|checkMethod|itemClass|fieldClass/.test(id))).toEqual([])
    expect(recorded[0]).toMatchObject({ by: 'clerk', at: '2026-01-20T02:00:00.000Z' })
    expect(recorded[0]?.settled).toHaveLength(11)
    expect(recorded[3]?.settled).toHaveLength(22)
    expect(resolution.items[0]?.known).toMatchObject({
      legalBasis: '示例依据',
      checkContent: '对包装装潢、其他印刷品印刷单位经营情况的检查',
      synthetic: true,
    })
  })

  it('units by id, by the name of the table or as another department; the body is written from them', () => {
    const { resolution } = taken(
      fenyang,
      { questionId: 'line-7/initiator', value: '文化和旅游部门' },
      { questionId: 'line-7/participants', value: ['230900-0', '消防救援机构'] },
      { questionId: 'line-8/initiator', initiatorUnitId: '230900-5' as UnitId },
      { questionId: 'line-8/participants', value: '无' },
      { lineNo: 9, checkingBody: '卫生健康行政部门' },
    )
    expect([6, 7, 8].map((index) => resolution.items[index]?.known.checkingBody)).toEqual([
      '七台河市文化和旅游局（发起）、七台河市宣传局（配合）、消防救援机构（配合）',
      '七台河市卫生健康局',
      '卫生健康行政部门',
    ])
  })

  it('REG-28 objects are given by kind, industry and tag, read as the register reads them', () => {
    const { resolution } = taken(fenyang, {
      questionId: 'line-9/applicability',
      kinds: ['INDIVIDUAL_BUSINESS', 'ENTERPRISE'],
      industryPrefixes: ['8930'],
      tags: ['业态：游泳场馆'],
    })
    expect(resolution.items[8]?.known.applicability).toEqual({
      kinds: ['ENTERPRISE', 'INDIVIDUAL_BUSINESS'],
      industryPrefixes: ['R8930'],
      tags: ['业态:游泳场馆'],
    })
  })

  it('codes count the rows of the table, those left out too; a row is left out with its reason only', () => {
    const { resolution } = taken(
      fenyang,
      { questionId: 'table/codePrefix', value: 'QT' },
      { questionId: 'line-4/name', omit: true, reason: '原表事项为空' },
      { lineNo: 5, itemCode: 'PX-1' as never },
    )
    expect(resolution.items.map(({ known }) => known.code)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((no) => (no === 5 ? 'PX-1' : `QT-${String(no).padStart(2, '0')}`)),
    )
    expect(open(resolution).some((id) => id.startsWith('line-4/'))).toBe(false)
    expect(resolution.items[3]).toMatchObject({ omitted: '原表事项为空' })
    expect(refusals(fenyang, { lineNo: 4, omit: true })).toEqual(['0 omit-needs-reason'])
  })

  it('DQ-04 REG-03 refuses answers of the wrong form, to nothing, or that settle nothing, and takes none of the request', () => {
    expect(
      refusals(
        fenyang,
        { questionId: 'table/listType', value: 'JOINT' },
        { questionId: 'table/listType', value: '联查' },
        { questionId: 'table/codePrefix', value: '七台河' },
        { questionId: 'line-1/applicability', industryPrefixes: ['8321'] },
        { questionId: 'line-1/applicability', industryPrefixes: ['0000'], kinds: ['ENTERPRISE'] },
        { questionId: 'line-1/applicability', value: '企业' },
        { questionId: 'line-1/itemClass', value: '一般' },
        { questionId: 'line-99/name', value: '某' },
        { lineNo: 99, name: '某' },
        { lineNo: 1, code: 'item-class-missing', itemClass: 'GENERAL' },
        { questionId: 'line-7/initiator', initiatorUnitId: '230900-x' as UnitId },
        { questionId: 'line-1/parentItemCode', parentItemCode: 'HLJ-1' },
        { lineNo: 1 },
      ),
    ).toEqual([
      '1 answer-wrong-form',
      '2 answer-wrong-form',
      '3 answer-settles-nothing',
      '4 answer-wrong-form',
      '5 answer-wrong-form',
      '6 answer-wrong-form',
      '7 question-unknown',
      '8 import-line-unknown',
      '9 answer-address',
      '10 unit-unknown',
      '11 parent-item-unknown',
      '12 answer-empty',
    ])
  })

  it('REG-03 one answer may raise the next question; a question may be answered anew', () => {
    const key = taken(fenyang, { questionId: 'line-6/itemClass', value: 'KEY' })
    expect(open(key.resolution)).toContain('line-6/keyGrounds')
    const grounded = taken(
      fenyang,
      { questionId: 'line-6/itemClass', value: 'KEY' },
      { questionId: 'line-6/keyGrounds', value: ['安全', '校园周边'] },
    )
    expect(grounded.resolution.items[5]?.known.keyGrounds).toEqual(['SAFETY', '校园周边'])
    const anew = taken(fenyang, { questionId: 'table/codePrefix', value: 'A' }, { questionId: 'table/codePrefix', value: 'B' })
    expect(anew.resolution.items[0]?.known.code).toBe('B-01')
  })

  it('keeps every question with its state', () => {
    const { recorded, resolution, asked } = taken(
      fenyang,
      { questionId: 'line-6/itemClass', value: 'KEY' },
      { lineNo: 6, keyGrounds: ['SAFETY'] },
      { questionId: 'line-4/name', omit: true, reason: '原表事项为空' },
    )
    const before = { questions: [], items: [], answers: [] } as unknown as PublishedList
    const first = keep(before, [], fenyang.resolution)
    const kept = new Map(keep(first, recorded, resolution, asked).questions.map(({ questionId, state }) => [questionId, state]))
    expect(kept.get('line-6/itemClass')).toBe('ANSWERED')
    expect(kept.get('line-6/keyGrounds')).toBe('ANSWERED')
    expect(kept.get('line-4/name')).toBe('ANSWERED')
    expect(kept.get('line-4/legalBasis')).toBe('MOOT')
    expect(kept.get('line-5/legalBasis')).toBe('OPEN')
  })
})

describe('lists of other shapes', () => {
  const header = '序号,抽查事项,事项类别,抽查内容,抽查依据,抽查方式,备注'

  it('DQ-04 takes what the columns say in the register’s words, and asks about the rest', () => {
    const { resolution } = setting(
      `${header}\n1,林木种子检查,重点检查事项,档案制度,《种子法》第五十条,书面检查、实地检查,\n2,植物检疫检查,行政检查,检疫,《植物检疫条例》,飞行检查,\n`,
    )
    expect(resolution.items[0]?.known).toMatchObject({
      itemClass: 'KEY',
      checkContent: '档案制度',
      legalBasis: '《种子法》第五十条',
      checkMethod: '书面检查；实地检查',
    })
    const asked = Object.fromEntries(resolution.questions.map(({ questionId, code }) => [questionId, code]))
    expect(asked).toMatchObject({
      'line-1/keyGrounds': 'key-ground-missing',
      'line-1/checkingBody': 'checking-body-missing',
      'line-2/itemClass': 'item-class-refused',
      'line-2/methods': 'method-not-understood',
    })
    expect(asked).not.toHaveProperty('line-2/checkMethod')
  })

  it('DQ-04 refuses a text that a spreadsheet would run, in the table and in an answer', () => {
    const table = setting(`${header}\n1,=CMD(),一般检查事项,内容,依据,现场检查,\n`)
    expect(table.resolution.questions).toContainEqual(
      expect.objectContaining({ questionId: 'line-1/name', code: 'name-refused', column: '抽查事项', cell: '=CMD()' }),
    )
    expect(refusals(table, { lineNo: 1, name: '＝CMD()' })).toEqual(['0 answer-wrong-form'])
    expect(refusals(table, { lineNo: 1, name: '检查' })).toEqual([])
  })

  it('DQ-04 drops no row and no column in silence', () => {
    const table = setting(`某市清单,,,,,,\n${header},责任科室\n1,甲,,内容,依据,现场检查,,一科\n短行,乙\n合计,,,,,,,\n备注：以上,,,,,,,\n`)
    expect(table.resolution.questions.filter(({ lineNo }) => lineNo === undefined).map(({ questionId }) => questionId)).toEqual([
      'table/codePrefix',
      'table/listType',
      'row-5/row',
      'table/column-8',
      'row-4/short-row',
    ])
    expect(otherRowsOf(table.table, table.parsed).map(({ line }) => line)).toEqual([1, 2, 6])
    const { resolution } = taken(
      table,
      { questionId: 'row-5/row', value: 'ignore' },
      { questionId: 'table/column-8', value: 'ignore' },
      { questionId: 'row-4/short-row', value: 'ignore' },
    )
    expect(open(resolution).filter((id) => /^row|column/.test(id))).toEqual([])
  })
})
