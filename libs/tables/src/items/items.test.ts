import { readFileSync } from 'node:fs'
import { formatPercent } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../answer.ts'
import { rangeOf } from '../cells/share.ts'
import type { UnitsReading } from '../cells/units.ts'
import { decodeTable } from '../table.ts'
import { applyItemAnswers } from './apply-answers.ts'
import { type ItemOptions, type ParsedItemTable, parseItemTable } from './item-table.ts'

/** An item list as a person read it. */
interface HumanList {
  readonly data_rows: number
  readonly domains: number
  readonly items: number
  readonly contents?: number
  readonly initiating?: readonly string[]
  readonly participating?: readonly string[]
  readonly ratio_min?: number
  readonly ratio_max?: number | null
  readonly times?: number | null
}

const folder = new URL('../../tests-data/items/', import.meta.url)
const human = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, HumanList>

function load(file: string, options: ItemOptions = {}): ParsedItemTable {
  const table = decodeTable(readFileSync(new URL(file, folder)))
  if (!table.ok) throw new Error(file)
  return parseItemTable(table.value, options)
}

const namesOf = (reading: UnitsReading | undefined): readonly string[] => {
  if (reading?.kind === 'units') return reading.names
  return reading?.kind === 'either' ? [...reading.alternatives, ...reading.always] : []
}

describe.each(Object.entries(human))('%s', (file, list) => {
  const parsed = load(file)

  it('DQ-04 finds the rows, domains and items that a person found, or asks', () => {
    expect(parsed.problems).toEqual([])
    expect(parsed.items).toHaveLength(list.data_rows)
    expect(new Set(parsed.items.map((item) => item.known.domain)).size).toBe(list.domains)
    const named = parsed.items.filter((item) => item.known.name !== undefined)
    expect(named.length === list.items || parsed.questions.some((question) => question.id === 'table/name')).toBe(true)
    const contents = parsed.items.flatMap((item) => item.known.contents ?? [])
    expect(contents).toHaveLength(list.contents ?? contents.length)
  })

  it('finds the departments that a person found', () => {
    const found = (field: 'initiator' | 'participants') => new Set(parsed.items.flatMap((item) => namesOf(item.readings[field])))
    expect(found('initiator')).toEqual(new Set(list.initiating))
    expect(found('participants')).toEqual(new Set(list.participating))
  })

  it('reads ratio and frequency as a person did', () => {
    const { ratio, times } = parsed.items[0]?.readings ?? {}
    const { min, max } = (ratio === undefined ? undefined : rangeOf(ratio)) ?? {}
    const percent = (value: number | null | undefined): string | undefined => (typeof value === 'number' ? `${value}%` : undefined)
    expect([min, max].map((end) => (end === undefined ? undefined : formatPercent(end)))).toEqual([
      percent(list.ratio_min),
      percent(list.ratio_max),
    ])
    expect(times?.kind === 'times' ? times.min : null).toBe(list.times ?? null)
  })
})

describe('fenyang-2021-joint.csv in full', () => {
  const parsed = load('fenyang-2021-joint.csv')
  const by = 'clerk'

  it('fills merged cells, keeps the blank item a question', () => {
    expect(parsed.items.map(({ known: { initiator, participants } }) => [initiator, participants])).toEqual([
      ['宣传部门', ['文化和旅游部门']],
      ['宣传部门', ['文化和旅游部门']],
      ['教育部门', ['市场监管部门']],
      ['教育部门', ['市场监管部门', '税务部门']],
      ['教育部门', ['市场监管部门', '税务部门']],
      ['市场监管部门', ['教育部门', '卫生健康部门']],
      [undefined, undefined],
      [undefined, undefined],
      ['卫生健康部门', ['市场监管部门']],
      ['卫生健康部门', ['市场监管部门']],
      ['文化和旅游部门', ['公安部门', '税务部门']],
    ])
    expect(parsed.items.map((item) => item.readings.levels?.levels)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((itemNo) => (itemNo === 6 ? ['县(区)级'] : ['市级', '县(区)级'])),
    )
  })

  it('asks about the blank item, the conditional departments and the shortened names, and nothing else', () => {
    expect(parsed.questions.map(({ id, code }) => `${id} ${code}`)).toEqual([
      'table/elidedNames elided-names',
      'line-4/name missing-item',
      'line-7/initiator conditional-initiator',
      'line-7/participants conditional-participants',
      'line-8/initiator conditional-initiator',
      'line-8/participants conditional-participants',
    ])
    const initiator = parsed.questions.find((question) => question.id === 'line-7/initiator')
    expect(initiator?.options?.map((option) => option.value)).toEqual(['文化和旅游部门', '卫生健康部门', '宣传部门'])
    expect(initiator?.textZh).toContain('检查电影院时为宣传部门')
  })

  const answers: Record<string, Answer> = {
    'table/elidedNames': { value: 'expand', by },
    'line-4/name': { value: '营利性民办学校取得证照、收费、办学情况的检查', by },
    'line-7/initiator': { value: '文化和旅游部门', by },
    'line-7/participants': { value: ['卫生健康部门', '宣传部门', '消防救援机构'], by },
    'line-8/initiator': { value: '卫生健康部门', by },
    'line-8/participants': { value: ['文化和旅游部门'], by },
  }
  const settle = (given: Record<string, Answer>) => {
    const applied = applyItemAnswers(parsed, given)
    if (!applied.ok) throw new Error(JSON.stringify(applied.error))
    return applied.value
  }

  it('settles every item once answered, with where each answer came from', () => {
    const { settled, remaining } = settle(answers)
    expect(remaining).toEqual([])
    expect(settled).toHaveLength(11)
    expect(settled[3]).toMatchObject({
      domain: '学校办学情况抽查',
      name: '营利性民办学校取得证照、收费、办学情况的检查',
      objectScope: '营利性的民办职业高中学校、民办普通高中、民办幼儿园',
      initiator: '教育部门',
      participants: ['市场监管部门', '税务部门'],
      answered: { name: { raw: '', by } },
    })
    expect(settled[6]).toMatchObject({ initiator: '文化和旅游部门', participants: ['卫生健康部门', '宣传部门', '消防救援机构'] })
  })

  it('leaves shortened names as written when told to, but not those that were answered', () => {
    const { settled } = settle({ ...answers, 'table/elidedNames': { value: 'as-written', by } })
    expect(settled[3]?.participants).toEqual(['市场监管', '税务部门'])
    expect(settled[7]?.participants).toEqual(['文化和旅游部门'])
  })

  it('settles nothing while the table is asked about, and refuses answers to no question', () => {
    const { 'table/elidedNames': _elided, ...others } = answers
    expect(settle(others)).toMatchObject({ settled: [], remaining: [{ id: 'table/elidedNames' }] })
    expect(applyItemAnswers(parsed, { 'line-1/name': { value: '某', by } })).toMatchObject({
      ok: false,
      error: [{ code: 'no-such-question' }],
    })
  })

  it('asks about departments that a resolver does not know, not about shortened names', () => {
    const resolved = load('fenyang-2021-joint.csv', { resolveUnit: (name) => (name === '税务部门' ? undefined : `汾阳市${name}`) })
    expect(resolved.questions.filter(({ code }) => code === 'unknown-unit').map(({ id }) => id)).toEqual([
      'line-4/participants',
      'line-5/participants',
      'line-11/participants',
    ])
    expect(resolved.questions.some(({ code }) => code === 'elided-names')).toBe(false)
  })
})

describe('lists without an item or a domain column', () => {
  it('asks which column names the items, or takes the item for the domain and says so', () => {
    const jinan = load('jinan-2021-hrss.csv')
    const applied = applyItemAnswers(jinan, {
      'table/name': { value: 'domain', by: 'clerk' },
      'line-1/initiator': { value: '济南市人力资源和社会保障局', by: 'clerk' },
    })
    expect(applied).toMatchObject({ ok: true, value: { settled: [{ name: '对用人单位制定规章制度的行政检查', contents: { length: 2 } }] } })
    expect(load('benxi-2022-forestry.csv').notes.map((note) => note.code)).toEqual(['domain-from-item', 'no-object-column'])
  })
})
