import { describe, expect, it } from 'vitest'
import { readContents } from '../read-names.ts'
import { cleanName } from '../text.ts'
import { readCountCell } from './count.ts'
import { readShareCell } from './share.ts'
import { readTimesCell } from './times.ts'
import { readUnitsCell } from './units.ts'
import { readWindowCell, readWindowPair } from './window.ts'
import { readGradesCell, readMethodsCell } from './words.ts'

describe('what cell readers do not pretend to understand', () => {
  it.each(['5', '0.05', '1:10', '5%左右', '100.01%', '1000%', '3%,每户不少于2人', '5%;10%', '不低于5%不高于3%', '>5%', '约5%'])(
    'ratio %s',
    (text) => {
      expect(readShareCell(text, '抽查比例').ratio?.kind).not.toBe('range')
    },
  )

  it.each(['1000%', '重点源1000%', '2020.5%以下的对象', '1:10%'])('never takes the end of a longer number for the ratio: %s', (text) => {
    expect(readShareCell(text, '抽查比例').ratio).toEqual({ kind: 'unclear' })
  })

  it('takes a bare number for percent only under a heading that says so', () => {
    expect(readShareCell('15', '抽查比例%').ratio).toMatchObject({ kind: 'range', min: { numerator: 3, denominator: 20 } })
    expect(readShareCell('15', '抽查比例').ratio).toEqual({ kind: 'unclear' })
  })

  it('reads full width like half width, and bounds on either side of the number', () => {
    const range = readShareCell('不低于3%,不高于5%').ratio
    expect(range).toMatchObject({ kind: 'range', min: { numerator: 3, denominator: 100 }, max: { numerator: 1, denominator: 20 } })
    expect(readShareCell('不低于３％，不高于５％').ratio).toEqual(range)
    expect(readShareCell('5%以上').ratio).toMatchObject({ min: { numerator: 1, denominator: 20 } })
    expect(readShareCell('5%以上').ratio).not.toHaveProperty('max')
    expect(readShareCell('100%').ratio).toMatchObject({ kind: 'range', max: { numerator: 1, denominator: 1 } })
  })

  it.each(['每年2次/季度', '每两年1次', '经常', '1次或2次'])('frequency %s', (text) => {
    expect(readTimesCell(text)).toEqual({ kind: 'unclear' })
  })

  it.each(['1个月', '一个月', '半年'])('frequency %s without a heading of periods', (text) => {
    expect(readTimesCell(text, '抽查频次')).toEqual({ kind: 'unclear' })
    expect(readTimesCell(text, '抽查周期')).toMatchObject({ kind: 'times' })
  })

  it.each<[string, number]>([
    ['每年', 1],
    ['每月', 12],
    ['月度', 12],
    ['季度', 4],
    ['半年度', 2],
  ])('frequency %s, which says how often under any heading', (text, times) => {
    expect(readTimesCell(text, '抽查频次')).toEqual({ kind: 'times', min: times, max: times, perObject: false })
  })

  it.each(['若干', '1户(含分支机构)', '5-3家', '3户、5户', '低风险3家,高风险2家'])('count %s', (text) => {
    expect(readCountCell(text)).toEqual({ kind: 'unclear' })
  })

  it.each(['13月', '2月30日-3月1日', '4-11', '2021/12/20', '10月前', '10月-2024年3月', '5月、9月', '次年3月'])('time %s', (text) => {
    expect(readWindowCell(text, 2023)).toEqual({ kind: 'unclear' })
  })

  it('asks whether an end before the start is next year, unless the cell says so', () => {
    const window = { start: '2023-11-01', end: '2024-02-29', suppliedYear: true }
    expect(readWindowCell('11月-2月', 2023)).toEqual({ kind: 'reversed', window })
    expect(readWindowCell('11月-次年2月', 2023)).toEqual({ kind: 'window', window })
    expect(readWindowPair('2023年9月', '', 2023)).toEqual({ kind: 'unclear' })
  })

  it.each(['公安', '公安、消防救援支队', '教育局或(卫生局)', '、'])('departments %s', (text) => {
    expect(readUnitsCell(text)).toEqual({ kind: 'unclear' })
  })

  it('gives up on overlong cells instead of searching them', () => {
    const long = (part: string): string => part.repeat(30_000 / part.length)
    expect(readShareCell(long('按文件执行')).ratio).toEqual({ kind: 'unclear' })
    expect(readUnitsCell(`甲局或乙局${long('(时')}`)).toEqual({ kind: 'unclear' })
    expect(readWindowCell(long('1-'), 2026)).toEqual({ kind: 'unclear' })
    expect(cleanName(`a${long(' ')}b`)).toBe('a b')
    expect(readContents(long('\n'))).toEqual([])
  })

  it('does not cut a name at a line break or at 和', () => {
    expect(readUnitsCell('文化和\n旅游局')).toMatchObject({ kind: 'units', names: ['文化和旅游局'] })
    expect(readUnitsCell('县委\n公安局')).toMatchObject({ names: ['县委', '公安局'] })
  })

  it('demands on grades with other words, ways of checking with unknown ones', () => {
    expect(readGradesCell('按A、B、C、D分类抽查')).toEqual({ kind: 'unclear' })
    expect(readMethodsCell('现场检查、现将检查')).toEqual({ known: ['现场检查'], unknown: ['现将检查'] })
  })
})
