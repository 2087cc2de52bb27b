import { readFileSync } from 'node:fs'
import { formatPercent, type Ratio } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { decodeTable } from '../table.ts'
import { readCountCell } from './count.ts'
import type { RatioRange } from './percent.ts'
import { type RatioReading, type RatioTier, rangeOf, readShareCell } from './share.ts'
import { readTimesCell, type TimesReading } from './times.ts'
import { readUnitsCell, type UnitsReading } from './units.ts'
import { readDeadline, readWindowCell, type WindowReading } from './window.ts'
import { readGradesCell, readLevelsCell } from './words.ts'

/** Columns of tests-data/cells.csv: what a person read in each cell. Percentages and numbers as text, blank where the cell is silent. */
interface HumanReading {
  readonly id: string
  readonly kind: string
  readonly raw: string
  readonly ratio: readonly [string, string]
  readonly count: readonly [string, string]
  readonly times: readonly [string, string, string]
  readonly window: readonly [string, string]
  readonly other: string
}

function humanReadings(): readonly HumanReading[] {
  const table = decodeTable(readFileSync(new URL('../../tests-data/cells.csv', import.meta.url)))
  if (!table.ok) throw new Error(table.error.code)
  return table.value.rows.slice(1).map(({ cells }) => {
    const at = (index: number): string => cells[index] ?? ''
    return {
      id: at(0),
      kind: at(1),
      raw: at(2),
      ratio: [at(3), at(4)],
      count: [at(5), at(6)],
      times: [at(7), at(8), at(9)],
      window: [at(10), at(11)],
      other: at(12),
    }
  })
}

const planYear = 2024
const percent = (ratio: Ratio | undefined): string => (ratio === undefined ? '' : formatPercent(ratio).slice(0, -1))
const percents = ({ min, max }: RatioRange): [string, string] => [percent(min), percent(max)]
const text = (value: number | undefined): string => (value === undefined ? '' : String(value))

function timesOf(times: TimesReading | undefined): [string, string, string] {
  if (times?.kind !== 'times') return ['', '', '']
  return [text(times.min), text(times.max), times.perObject ? '年·对象' : '年']
}

const ratioOf = (ratio: RatioReading | undefined): [string, string] => percents((ratio === undefined ? undefined : rangeOf(ratio)) ?? {})

/** The months of a reading as the human readings write them: 03, 次年03, 2021-09, 2021-12-20, 10月末. */
function windowOf(reading: WindowReading | undefined, raw: string): [string, string] {
  const ofYear = (date: string, supplied: boolean): string => {
    if (!supplied) return /\d{4}\/\d/.test(raw) ? date : date.slice(0, 7)
    return `${date.startsWith(String(planYear)) ? '' : '次年'}${date.slice(5, 7)}`
  }
  if (reading?.kind === 'window') {
    const { start, end, suppliedYear } = reading.window
    return [ofYear(start, suppliedYear), ofYear(end, suppliedYear)]
  }
  if (reading?.kind !== 'end-only') return ['', '']
  return ['', reading.suppliedYear ? `${Number(reading.end.slice(5, 7))}月末` : ofYear(reading.end, false)]
}

const cells = humanReadings()
const ofKind = (...kinds: string[]) => cells.filter(({ kind }) => kinds.includes(kind))
const byId = (id: string): string => cells.find((cell) => cell.id === id)?.raw ?? ''

describe('cells of published tables, each against a human reading', () => {
  it('are all covered by the suites below', () => {
    const kinds = ['比例及频次', '比例', '频次', '数量', '时间', '部门', '层级', '风险']
    expect(cells).toHaveLength(60)
    expect(ofKind(...kinds)).toHaveLength(60)
  })

  it.each(ofKind('比例及频次', '比例'))('PLN-13 DQ-06 reads ratio and frequency of $id', ({ kind, raw, ratio, times }) => {
    const read = readShareCell(raw, kind)
    expect(ratioOf(read.ratio)).toEqual(ratio)
    expect(timesOf(read.times)).toEqual(times)
  })

  it.each(ofKind('频次'))('PLN-13 reads the frequency of $id', ({ raw, times, other }) => {
    expect(timesOf(readTimesCell(raw, other.includes('抽查周期') ? '抽查周期' : '抽查频次'))).toEqual(times)
  })

  it.each(ofKind('数量'))('PLN-13 reads the count of $id', ({ raw, count }) => {
    const read = readCountCell(raw)
    if (read?.kind !== 'count') throw new Error('no count')
    expect([text(read.min), text(read.max)]).toEqual(count)
  })

  it.each(ofKind('时间'))('PLN-13 reads the window of $id', ({ raw, window, times }) => {
    const read = window[0] === '' && window[1].startsWith('20') ? readDeadline(raw, planYear) : readWindowCell(raw, planYear)
    expect(windowOf(read, raw)).toEqual(window)
    expect(timesOf(read?.kind === 'window' ? read.times : undefined)).toEqual(times)
  })

  it.each([
    ['C006', 'undetermined'],
    ['C025', 'undetermined'],
  ])('says of %s that the frequency is not settled', (id, kind) => {
    expect((readShareCell(byId(id), '比例及频次').times ?? readTimesCell(byId(id)))?.kind).toBe(kind)
  })

  it.each(['C037', 'C043'])('says of %s that the time is not settled', (id) => {
    expect(readWindowCell(byId(id), planYear)).toEqual({ kind: 'undetermined' })
  })

  it('says of C016 that the ratio stands elsewhere, of C028 that the count has a proviso, of C030 for which grade it is', () => {
    expect(readShareCell(byId('C016')).ratio).toEqual({ kind: 'elsewhere' })
    expect(readCountCell(byId('C028'))).toMatchObject({ min: 1, max: 1, proviso: '实际以联合双随机牵头单位抽查数为准。' })
    expect(readCountCell(byId('C030'))).toMatchObject({ min: 7, grade: '低风险' })
  })

  it('says of C002 that the ratio is a sum over levels, of C015 what else it asks', () => {
    expect(readShareCell(byId('C002')).ratio).toMatchObject({ kind: 'range', sumOverLevels: true })
    expect(readShareCell(byId('C015')).remarks).toContain('不重复抽查')
  })
})

describe('ratios by kind of object', () => {
  const tiersOf = (id: string): readonly RatioTier[] => {
    const { ratio } = readShareCell(byId(id))
    if (ratio?.kind !== 'tiers') throw new Error('no tiers')
    return ratio.tiers
  }
  const shown = (id: string) => tiersOf(id).map((tier) => [tier.name, ...percents(tier), tier.per, tier.staff ?? ''])

  it('keeps each kind with its own share, and a ratio of staff apart from percentages', () => {
    expect(shown('C003')).toEqual([
      ['三级定点医疗机构', '50', '', '年', ''],
      ['二级定点医疗机构', '30', '', '年', ''],
      ['一级及以下定点医疗机构、定点药店', '', '', '年', ''],
    ])
    expect(shown('C012')).toEqual([
      ['人员密集场所的消防安全重点单位', '10', '', '月', ''],
      ['其他消防安全重点单位', '5', '', '月', ''],
    ])
    expect(shown('C014')).toEqual([
      ['重点源', '100', '100', '年', ''],
      ['一般源', '', '', '年', '1:10'],
    ])
    expect(shown('C018')).toEqual([
      ['A类', '30', '30', '年', ''],
      ['B类', '40', '40', '年', ''],
      ['C类', '50', '50', '年', ''],
    ])
  })
})

describe('departments, levels and grades', () => {
  const units = (...names: string[]): UnitsReading => ({ kind: 'units', names, asWritten: names })
  const body = '市文化市场综合行政执法局'

  it.each<[string, UnitsReading]>([
    ['C046', units('市邮政管理局', '市公安局')],
    ['C047', units('市场监管局', '市税务局')],
    ['C048', { kind: 'units', names: ['市场监管部门', '税务部门'], asWritten: ['市场监管', '税务部门'] }],
    ['C049', { kind: 'units', names: ['教育部门', '卫生健康部门'], asWritten: ['教育', '卫生健康部门'] }],
    [
      'C050',
      {
        kind: 'either',
        alternatives: ['文化和旅游部门', '卫生健康部门', '宣传部门'],
        always: [],
        conditions: [{ when: '检查电影院', unit: '宣传部门' }],
      },
    ],
    ['C051', { kind: 'either', alternatives: ['卫生健康部门', '文化和旅游部门'], always: ['宣传部门', '消防救援机构'], conditions: [] }],
    ['C052', { kind: 'levels', name: '城市管理部门', levels: ['市', '区(市)'] }],
    [
      'C053',
      {
        kind: 'units',
        names: [`${body}网络执法队`, `${body}旅游执法队`, `${body}文化娱乐执法队`, `${body}影视执法队`],
        asWritten: [`${body}网络执法队`, '旅游执法队', '文化娱乐执法队', '影视执法队'],
      },
    ],
    ['C054', { kind: 'lead', lead: '政审处', names: ['基教处', '职成处'], unnamed: [] }],
    ['C055', { kind: 'unnamed', names: [], unnamed: ['与其它部门'] }],
  ])('PLN-13 reads the departments of %s', (id, expected) => {
    expect(readUnitsCell(byId(id))).toEqual(expected)
  })

  it('reads the levels of C056, C057 and C058', () => {
    expect(readLevelsCell(byId('C056'))).toEqual({ levels: ['市抽市查', '市抽县(区)查'], open: false })
    expect(readLevelsCell(byId('C057'))).toEqual({ levels: ['市级'], open: true })
    expect(readLevelsCell(byId('C058'))).toEqual({ levels: ['市级', '县级'], open: false })
  })

  it('reads the demands on grades of C059 and C060', () => {
    expect(readGradesCell(byId('C059'))).toEqual({ kind: 'rising', grades: ['低风险', '一般风险', '较高风险', '高风险'] })
    expect(readGradesCell(byId('C060'))).toEqual({ kind: 'none' })
  })
})
