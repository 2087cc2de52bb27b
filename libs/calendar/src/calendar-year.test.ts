import { describe, expect, it } from 'vitest'
import { shippedYears } from '../tests/shipped-calendar.ts'
import { parseCalendarYear } from './index.ts'

const file = {
  year: 2019,
  version: 1,
  notice: { title: '国务院办公厅关于2019年部分节假日安排的通知', number: '国办发明电〔2018〕15号', issuedOn: '2018-12-06' },
  holidays: [{ name: '元旦', from: '2018-12-30', to: '2019-01-01' }],
  makeUpDays: ['2018-12-29'],
}

const pathsOfFaults = (input: unknown): readonly string[] => {
  const year = parseCalendarYear(input)
  return year.ok ? [] : year.error.map(({ path }) => path)
}

describe('calendar year file', () => {
  it('DQ-08 every shipped year names its State Council notice', () => {
    expect(shippedYears.map(({ year, notice }) => [year, notice.number])).toEqual([
      [2024, '国办发明电〔2023〕7号'],
      [2025, '国办发明电〔2024〕12号'],
      [2026, '国办发明电〔2025〕7号'],
    ])
  })

  it('DQ-08 lets a notice move days of the preceding December, and no further back', () => {
    expect(parseCalendarYear(file).ok).toBe(true)
    expect(pathsOfFaults({ ...file, makeUpDays: ['2018-11-25'] })).toEqual(['makeUpDays[0]'])
    expect(pathsOfFaults({ ...file, makeUpDays: ['2020-01-04'] })).toEqual(['makeUpDays[0]'])
  })

  it('refuses a make-up day that is no weekend day', () => {
    expect(pathsOfFaults({ ...file, makeUpDays: ['2019-02-01'] })).toEqual(['makeUpDays[0]'])
    expect(pathsOfFaults({ ...file, makeUpDays: ['2019-02-02'] })).toEqual([])
  })

  it('refuses a day that is both off and worked', () => {
    expect(pathsOfFaults({ ...file, makeUpDays: ['2018-12-30'] })).toEqual(['makeUpDays[0]'])
  })

  it('names every fault of a file at once', () => {
    expect(
      pathsOfFaults({
        year: '2019',
        version: 1,
        notice: { title: '', number: '1', issuedOn: '2018-02-30' },
        holidays: [{ name: '元旦', from: '2019-01-01' }],
      }),
    ).toEqual(['year', 'notice.title', 'notice.issuedOn', 'holidays[0].to', 'makeUpDays'])
    expect(pathsOfFaults(undefined)).toContain('')
  })

  it('takes an object with all its members and nothing else for a file', () => {
    const all = ['', 'notice', 'year', 'version', 'notice.title', 'notice.number', 'notice.issuedOn', 'holidays', 'makeUpDays']
    for (const input of [undefined, null, [], 'text', 2019]) expect(pathsOfFaults(input)).toEqual(all)
    expect(pathsOfFaults({})).toEqual(all.slice(1))
    expect(pathsOfFaults({ ...file, notice: [] })).toEqual(['notice', 'notice.title', 'notice.number', 'notice.issuedOn'])
  })

  it.each([
    ['year', { year: 0 }],
    ['year', { year: 2019.5 }],
    ['version', { version: '1' }],
    ['version', { version: -1 }],
    ['notice.title', { notice: { ...file.notice, title: ' ' } }],
    ['notice.number', { notice: { ...file.notice, number: 15 } }],
    ['notice.issuedOn', { notice: { ...file.notice, issuedOn: 20181206 } }],
    ['holidays', { holidays: {} }],
    ['holidays[0].name', { holidays: [{ ...file.holidays[0], name: '' }] }],
    ['makeUpDays[1]', { makeUpDays: ['2018-12-29', '2019-2-2'] }],
  ])('names %s, and only that, for %j', (path, members) => {
    expect(parseCalendarYear({ ...file, ...members })).toMatchObject({ ok: false, error: [{ code: 'calendar-year-invalid', path }] })
    expect(pathsOfFaults({ ...file, ...members })).toEqual([path])
  })

  it('names a span that is none', () => {
    expect(pathsOfFaults({ ...file, holidays: ['2019-01-01'] })).toEqual([
      'holidays[0]',
      'holidays[0].name',
      'holidays[0].from',
      'holidays[0].to',
    ])
  })

  it('refuses a day that is named twice, or lies in a span of another year', () => {
    expect(pathsOfFaults({ ...file, makeUpDays: ['2018-12-29', '2018-12-29'] })).toEqual(['makeUpDays[1]'])
    const span = (from: string, to: string) => ({ ...file, makeUpDays: [], holidays: [{ name: '元旦', from, to }] })
    expect(pathsOfFaults(span('2019-12-31', '2020-01-01'))).toEqual(['holidays[0]'])
    expect(pathsOfFaults(span('2018-11-30', '2018-12-01'))).toEqual(['holidays[0]'])
  })

  it('keeps what the file says', () => {
    expect(parseCalendarYear(file)).toEqual({ ok: true, value: file })
  })

  it('refuses a span that ends before it begins', () => {
    expect(pathsOfFaults({ ...file, holidays: [{ name: '元旦', from: '2019-01-02', to: '2019-01-01' }] })).toEqual(['holidays[0].to'])
  })
})
