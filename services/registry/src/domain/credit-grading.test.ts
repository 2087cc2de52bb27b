import type { Instant, LocalDate, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type CreditEntry, recordEntry } from './credit-entry.ts'
import { type CreditGrading, type CreditModule, regraded, risksOf, standingBy } from './credit-grading.ts'
import { type CreditRecord, type CreditResult, generalResultAt } from './credit-result.ts'

const day = (date: string): Instant => `${date}T00:00:00.000Z` as Instant
const subject = { objectId: 'ab'.repeat(16) as ObjectId, regionCode: '330602' as RegionCode, unitId: '330600-scj' as UnitId }
const module: CreditModule = {
  collects: ['MARKET_REGULATION_SUPERVISION', 'OTHER_DEPARTMENTS_CREDIT'],
  grade: 'AS_GENERAL_RESULT',
  warns: true,
}
const tax = {
  id: 'TAX',
  text: '欠税',
  source: 'OTHER_DEPARTMENTS_CREDIT',
  kinds: ['欠税公告'],
  points: -30,
  countsForDays: 30,
  warns: false,
} as const
const unqualified = {
  id: 'UNQUALIFIED',
  text: '检查不合格',
  source: 'MARKET_REGULATION_SUPERVISION',
  kinds: ['QUALIFIED_OR_NOT'],
  subValues: ['UNQUALIFIED'],
  points: -45,
  countsForDays: 365,
  warns: true,
} as const
const grading: CreditGrading = {
  startScore: 100,
  rules: [tax, unqualified],
  grades: [
    { grade: 'A', from: 90 },
    { grade: 'B', from: 70 },
    { grade: 'C', from: 0 },
  ],
  warnAt: ['C'],
}
const rules = { module, grading }
const origin = { load: 'rules', importId: '' }

const taxed = (number: string, changes: Partial<CreditEntry> = {}): CreditEntry => ({
  source: 'OTHER_DEPARTMENTS_CREDIT',
  department: '税务',
  number,
  kind: '欠税公告',
  subValue: null,
  matter: '欠缴增值税',
  occurredAt: day('2026-01-10'),
  validTo: null,
  recordedAt: day('2026-01-10'),
  ...origin,
  ...changes,
})
const checked = (number: string, subValue: string | null, changes: Partial<CreditEntry> = {}): CreditEntry =>
  taxed(number, {
    source: 'MARKET_REGULATION_SUPERVISION',
    department: '330600-scj',
    kind: 'QUALIFIED_OR_NOT',
    subValue,
    matter: '餐饮检查',
    ...changes,
  })
const recordOf = (...entries: readonly CreditEntry[]): CreditRecord =>
  entries.reduce<CreditRecord>((record, each) => recordEntry(record, subject, each).state, { ...subject, results: [] })
const gradeOf = (record: CreditRecord | undefined, at: string, by = grading) => {
  const { score, grade } = standingBy(by, record, day(at))
  return `${score} ${grade}`
}

describe('grading by rules that are policy', () => {
  it('CRD-19 begins with the score that policy gives', () => {
    expect(gradeOf(undefined, '2026-01-10')).toBe('100 A')
    expect(gradeOf(undefined, '2026-01-10', { ...grading, startScore: 69 })).toBe('69 C')
    const unfinished = { ...grading, grades: [{ grade: 'A', from: 90 }], startScore: 89 }
    expect(() => standingBy(unfinished, undefined, day('2026-01-10'))).toThrow('grade from 0')
  })

  it('CRD-19 adds the points of each entry, by the first rule of its source, kind and sub-value', () => {
    expect(gradeOf(recordOf(taxed('1')), '2026-01-10')).toBe('70 B')
    expect(gradeOf(recordOf(taxed('1'), taxed('2')), '2026-01-10')).toBe('40 C')
    expect(gradeOf(recordOf(checked('1', 'UNQUALIFIED')), '2026-01-10')).toBe('55 C')
    expect(gradeOf(recordOf(checked('1', 'QUALIFIED'), checked('2', null)), '2026-01-10')).toBe('100 A')
    expect(gradeOf(recordOf(taxed('1', { kind: '行政处罚' })), '2026-01-10')).toBe('100 A')
    expect(gradeOf(recordOf(taxed('1', { source: 'MARKET_REGULATION_SUPERVISION' })), '2026-01-10')).toBe('100 A')
    const harder = { ...grading, rules: [{ ...tax, points: -31 }, tax, unqualified] }
    expect(gradeOf(recordOf(taxed('1')), '2026-01-10', harder)).toBe('69 C')
  })

  it('CRD-19 keeps the score between 0 and 100', () => {
    const many = recordOf(...['1', '2', '3', '4'].map((number) => taxed(number)))
    expect(gradeOf(many, '2026-01-10')).toBe('0 C')
    expect(gradeOf(recordOf(taxed('1')), '2026-01-10', { ...grading, rules: [{ ...tax, points: 30 }] })).toBe('100 A')
  })

  it('CRD-19 counts an entry from its conduct for the days of its rule, and not after its own last day', () => {
    const record = recordOf(taxed('1', { recordedAt: day('2026-01-01') }))
    expect(gradeOf(record, '2026-01-09')).toBe('100 A')
    expect(gradeOf(record, '2026-01-10')).toBe('70 B')
    expect(standingBy(grading, record, '2026-02-08T23:59:59.999Z' as Instant).score).toBe(70)
    expect(gradeOf(record, '2026-02-09')).toBe('100 A')
    const repaired = recordOf(taxed('1', { validTo: '2026-01-20' as LocalDate }))
    expect(standingBy(grading, repaired, '2026-01-20T15:59:59.999Z' as Instant).score).toBe(70)
    expect(standingBy(grading, repaired, '2026-01-20T16:00:00.000Z' as Instant).score).toBe(100)
  })
})

describe('the grade in the record', () => {
  const grade = (record: CreditRecord | undefined, at: string, by = rules) => regraded(record, subject, by, day(at), origin)?.state

  it('CRD-19 CRD-21 is the general result with its as-of, new only where it is another', () => {
    const first = grade(undefined, '2026-01-01')
    expect(generalResultAt(first, day('2026-01-01'))).toMatchObject({ grade: 'A', asOf: day('2026-01-01'), load: 'rules' })
    expect(grade(first, '2026-01-09')).toBeUndefined()
    const entered = recordEntry(first, subject, taxed('1')).state
    const second = grade(entered, '2026-01-10')
    expect(second?.results.map((each) => each.grade)).toEqual(['A', 'B'])
    expect(generalResultAt(second, day('2026-01-09'))?.grade).toBe('A')
    expect(grade(second, '2026-02-09')?.results.map((each) => each.grade)).toEqual(['A', 'B', 'A'])
  })

  it('CRD-19 stands beside the general result where policy says so', () => {
    const beside = { module: { ...module, grade: 'BESIDE_GENERAL_RESULT' as const }, grading }
    const record = grade(undefined, '2026-01-01', beside)
    expect(generalResultAt(record, day('2026-01-01'))).toBeUndefined()
    expect(record?.results).toMatchObject([{ source: 'PROFESSIONAL_RESULT', field: '信用监管', grade: 'A' }])
  })
})

describe('risk warnings', () => {
  const risks = (record: CreditRecord, at: string) => risksOf(record, rules, day(at)).map(({ number }) => number)
  const graded = (record: CreditRecord, at: string): CreditRecord => regraded(record, subject, rules, day(at), origin)?.state ?? record

  it('CRD-19 come of entries whose rule warns, as long as they count', () => {
    const record = recordOf(checked('r1', 'UNQUALIFIED'), taxed('1'))
    expect(risksOf(record, rules, day('2026-01-10'))).toEqual([
      {
        number: 'MARKET_REGULATION_SUPERVISION 330600-scj r1',
        matter: '检查不合格：餐饮检查',
        raisedAt: day('2026-01-10'),
      },
    ])
    expect(risks(record, '2027-01-09')).toHaveLength(1)
    expect(risks(record, '2027-01-10')).toEqual([])
  })

  it('CRD-19 come of a fall to a grade that is warned of, once for each fall', () => {
    const start = graded(recordOf(), '2026-01-01')
    const better = graded(recordEntry(start, subject, taxed('1')).state, '2026-01-10')
    expect(risks(better, '2026-01-10')).toEqual([])
    const fallen = graded(recordEntry(better, subject, taxed('2')).state, '2026-01-11')
    const fall = { number: `GRADE ${day('2026-01-11')}`, matter: '信用等级降为 C', raisedAt: day('2026-01-11') }
    expect(risksOf(fallen, rules, day('2026-01-11'))).toEqual([fall])
    expect(risks(fallen, '2026-01-20')).toEqual([`GRADE ${day('2026-01-11')}`])
    const up = { module, grading: { ...grading, warnAt: ['B', 'C'] } }
    const risen = graded(
      recordEntry(fallen, subject, taxed('2', { validTo: '2026-01-12' as LocalDate, recordedAt: day('2026-01-13') })).state,
      '2026-01-13',
    )
    expect(risen.results.at(-1)?.grade).toBe('B')
    expect(risksOf(risen, up, day('2026-01-13'))).toEqual([])
  })

  it('CRD-19 come of no grade that was as low before, and of no other matter’s', () => {
    const beside = { module: { ...module, grade: 'BESIDE_GENERAL_RESULT' as const }, grading }
    const result = (source: CreditResult['source'], field: string, date: string): CreditResult => ({
      source,
      field,
      grade: 'C',
      asOf: day(date),
      recordedAt: day(date),
      ...origin,
    })
    const own = (date: string) => result('PROFESSIONAL_RESULT', '信用监管', date)
    const fallsOf = (by: typeof rules, ...results: readonly CreditResult[]) =>
      risksOf({ ...subject, results }, by, day('2026-03-01')).map(({ raisedAt }) => raisedAt)
    expect(fallsOf(beside, own('2026-01-01'), own('2026-02-01'))).toEqual([])
    expect(fallsOf(beside, result('GENERAL_RESULT', '', '2026-01-01'), own('2026-02-01'))).toEqual([day('2026-02-01')])
    expect(fallsOf(beside, result('PROFESSIONAL_RESULT', '食品', '2026-01-01'), own('2026-02-01'))).toEqual([day('2026-02-01')])
    const unnamed = result('PROFESSIONAL_RESULT', '', '2026-01-01')
    expect(fallsOf(rules, unnamed, result('GENERAL_RESULT', '', '2026-02-01'))).toEqual([day('2026-02-01')])
  })

  it('CRD-19 come of a first grade that is warned of, and of none that stands beside another matter', () => {
    const low = graded(recordOf(taxed('1'), taxed('2')), '2026-01-10')
    expect(risks(low, '2026-01-10')).toEqual([`GRADE ${day('2026-01-10')}`])
    expect(risksOf(low, { module: { ...module, grade: 'BESIDE_GENERAL_RESULT' }, grading }, day('2026-01-10'))).toEqual([])
  })
})
