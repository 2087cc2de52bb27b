import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { call, callJson } from '../../tests/support/called.ts'
import { vectorsOf } from '../../tests/support/vectors.ts'
import { shippedCalendars } from '../package-files.ts'

interface Vector {
  readonly command: 'add' | 'count' | 'is'
  readonly date?: string
  readonly n?: number
  readonly from?: string
  readonly to?: string
  readonly answer: string | number | boolean
  readonly provisional?: boolean
}

const wordsOf = ({ command, date, n, from, to }: Vector): readonly string[] =>
  [command, date, n, from, to].filter((word) => word !== undefined).map(String)

describe('workday', () => {
  const vectors = vectorsOf('workday/*.json') as readonly Vector[]

  it.each(vectors.map((vector) => ({ question: wordsOf(vector).join(' '), vector })))('DQ-08 answers $question', async ({ vector }) => {
    const expected =
      vector.provisional === true ? { exitCode: 3, out: [`${vector.answer} provisional`] } : { exitCode: 0, out: [`${vector.answer}`] }
    expect(await call({}, 'workday', ...wordsOf(vector))).toEqual({ ...expected, err: [] })
  })

  it('DQ-08 has a notice for every calendar that ships', () => {
    const years = readdirSync(shippedCalendars()).map((name) => name.slice(3, 7))
    const named = vectors.flatMap(({ date, provisional }) => (date === undefined || provisional === true ? [] : [date.slice(0, 4)]))
    expect(years.filter((year) => !named.includes(year))).toEqual([])
  })

  it('DQ-08 is certain of the first and the last day with a notice, provisional a day further', async () => {
    const years = readdirSync(shippedCalendars()).map((name) => Number(name.slice(3, 7)))
    const [first, last] = [Math.min(...years), Math.max(...years)]
    const exitCodeOf = async (...words: readonly string[]) => (await call({}, 'workday', ...words)).exitCode
    expect(await exitCodeOf('is', `${first}-01-02`)).toBe(0)
    expect(await exitCodeOf('is', `${first - 1}-11-30`)).toBe(3)
    expect(await exitCodeOf('is', `${last}-12-31`)).toBe(0)
    expect(await exitCodeOf('is', `${last + 1}-01-01`)).toBe(3)
    expect(await exitCodeOf('count', `${last}-12-01`, `${last}-12-31`)).toBe(0)
    expect(await exitCodeOf('count', `${last}-12-01`, `${last + 1}-01-01`)).toBe(3)
    expect(await exitCodeOf('add', `${last}-12-01`, '2')).toBe(0)
    expect(await exitCodeOf('add', `${last}-12-31`, '1')).toBe(3)
    expect(await exitCodeOf('add', `${last}-12-31`, '0')).toBe(0)
  })

  it('answers in JSON', async () => {
    expect(await callJson({}, 'workday', 'add', '2098-12-31', '2')).toMatchObject({
      exitCode: 3,
      lines: [{ answer: '2099-01-02', provisional: true }],
    })
    expect((await callJson({}, 'workday', 'is', '2026-02-15')).lines).toEqual([{ answer: false, provisional: false }])
  })

  it.each([
    ['add', '2026-03-02'],
    ['add', '2026-03-02', '-1'],
    ['add', '2026-03-02', '1.5'],
    ['add', '2026-03-02', '10001'],
    ['add', '2026-02-30', '1'],
    ['count', '2026-03-02'],
    ['count', '2026-03-02', '2026-03-01'],
    ['is'],
    ['is', '2026-3-2'],
    ['is', '3000-01-01'],
    ['is', '2026-03-02', '2026-03-03'],
  ])('refuses workday %s %s %s', async (...words) => {
    expect(await call({}, 'workday', ...words)).toMatchObject({ exitCode: 2, out: [] })
  })
})

describe('workday with other calendars', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'calendars-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('DQ-08 settles a provisional answer once the notice of its year is there', async () => {
    expect((await call({}, 'workday', 'is', '2099-05-01')).out).toEqual(['true provisional'])
    const notice = '{ title: 通知, number: 1号, issuedOn: "2098-11-01" }'
    writeFileSync(
      join(folder, 'cn-2099.yaml'),
      `{ year: 2099, version: 1, notice: ${notice}, holidays: [{ name: 劳动节, from: "2099-05-01", to: "2099-05-01" }], makeUpDays: [] }`,
    )
    expect(await call({}, 'workday', 'is', '2099-05-01', '--calendars', folder)).toEqual({ exitCode: 0, out: ['false'], err: [] })
  })

  it('names what is wrong with a calendar, and a folder without one', async () => {
    writeFileSync(join(folder, 'cn-2098.yaml'), '{ year: 2098, version: 1, holidays: [], makeUpDays: [] }')
    const { exitCode, err } = await call({}, 'workday', 'is', '2099-05-01', '--calendars', folder)
    expect(exitCode).toBe(2)
    expect(err[0]).toContain('cn-2098.yaml: notice')
    expect((await call({}, 'workday', 'is', '2099-05-01', '--calendars', join(folder, 'none'))).exitCode).toBe(2)
  })
})
