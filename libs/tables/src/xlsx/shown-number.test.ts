import { describe, expect, it } from 'vitest'
import { shownNumber } from './shown-number.ts'

const shown = (value: number, code?: string, id = 200) => shownNumber(value, { id, ...(code === undefined ? {} : { code }) }, false)

describe('a number in a workbook', () => {
  it.each([
    [0.05, '0%', '5%'],
    [0.07, '0%', '7%'],
    [0.055, '0.0%', '5.5%'],
    [0.05, '"≥"0%', '≥5%'],
    [46, '0"家"', '46家'],
    [1234, '#,##0', '1,234'],
    [0.1 + 0.2, 'General', '0.3'],
    [5, '@', '5'],
    [45_352, 'yyyy"年"m"月"', '2024年3月'],
    [45_352, '[$-804]yyyy"年"m"月"d"日";@', '2024年3月1日'],
    [45_352.25, 'yyyy-mm-dd hh:mm', '2024-03-01 06:00'],
    [3, 'no "such format', '3'],
  ])('PLN-13 reads %d under %s as %s', (value, code, text) => {
    expect(shown(value, code)).toEqual({ text })
  })

  it.each([
    [9, 0.05, '5%'],
    [10, 0.055, '5.50%'],
    [14, 45_352, '2024/3/1'],
    [57, 45_352, '2024年3月'],
    [0, 12, '12'],
  ])('PLN-13 reads built-in format %d', (id, value, text) => {
    expect(shown(value, undefined, id)).toEqual({ text })
  })

  it('DQ-06 takes the whole of a percentage that the cell rounds, and says what is stored wherever a cell shows less', () => {
    expect(shown(0.055, '0%')).toEqual({ text: '5.5%', stored: '5.5%' })
    expect(shown(0.055, '"约"0%')).toEqual({ text: '约6%', stored: '5.5%' })
    expect(shown(46.4, '0"家"')).toEqual({ text: '46家', stored: '46.4' })
    expect(shown(0, ';;;')).toEqual({ text: '', stored: '0' })
    expect(shown(45_352, 'm"月"d"日"')).toEqual({ text: '3月1日', stored: '2024-03-01' })
  })

  it('counts days from 1904 where the workbook does', () => {
    expect(shownNumber(45_352 - 1462, { id: 14 }, true)).toEqual({ text: '2024/3/1' })
  })
})
