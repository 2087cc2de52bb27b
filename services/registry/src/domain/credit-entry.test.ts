import type { Instant, LocalDate, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type CreditEntry, entriesAt, recordEntry } from './credit-entry.ts'
import type { CreditRecord } from './credit-result.ts'

const day = (date: string): Instant => `${date}T00:00:00.000Z` as Instant
const subject = { objectId: 'ab'.repeat(16) as ObjectId, regionCode: '330602' as RegionCode, unitId: '330600-scj' as UnitId }

const entry = (number: string, changes: Partial<CreditEntry> = {}): CreditEntry => ({
  source: 'OTHER_DEPARTMENTS_CREDIT',
  department: '税务',
  number,
  kind: '欠税公告',
  subValue: null,
  matter: '欠缴增值税',
  occurredAt: day('2026-01-10'),
  validTo: null,
  recordedAt: day('2026-02-01'),
  load: 'file',
  importId: 'i1',
  ...changes,
})
const recordOf = (...entries: readonly CreditEntry[]): CreditRecord =>
  entries.reduce<CreditRecord | undefined>((record, each) => recordEntry(record, subject, each).state, undefined) as CreditRecord
const numbersAt = (record: CreditRecord | undefined, date: string) => entriesAt(record, day(date)).map(({ number }) => number)

describe('the credit record of a market subject', () => {
  it('CRD-19 is one: data of every department stand in it, oldest conduct first', () => {
    const checked = entry('r1', { source: 'MARKET_REGULATION_SUPERVISION', department: '330600-scj', occurredAt: day('2026-01-05') })
    const record = recordOf(entry('1'), entry('1', { department: '环保' }), checked)
    expect(record).toMatchObject({ ...subject, results: [] })
    expect(recordOf(checked)).toEqual({ ...subject, results: [], entries: [checked] })
    expect(entriesAt(record, day('2026-02-01')).map(({ department }) => department)).toEqual(['330600-scj', '税务', '环保'])
  })

  it('CRD-19 knows an entry again, also when a broken-off import brings it a second time', () => {
    const record = recordOf(entry('1'))
    expect(recordEntry(undefined, subject, entry('1'))).toEqual({ outcome: 'created', written: true, state: record })
    expect(recordEntry(record, subject, entry('1', { importId: 'i2' }))).toEqual({ outcome: 'unchanged', written: false, state: record })
    expect(recordEntry(record, subject, entry('1'))).toMatchObject({ outcome: 'created', written: false })
    const amended = recordEntry(record, subject, entry('1', { matter: '已缴清' }))
    expect(amended).toMatchObject({ outcome: 'changed', written: true })
    expect(recordEntry(amended.state, subject, entry('1', { matter: '已缴清' }))).toMatchObject({ outcome: 'changed', written: false })
  })

  it.each<Partial<CreditEntry>>([
    { kind: '行政处罚' },
    { subValue: 'X' },
    { matter: '另一事由' },
    { occurredAt: day('2026-01-11') },
    { validTo: '2026-03-01' as LocalDate },
  ])('CRD-19 takes %j of a known number for an amendment that counts from its recording', (change) => {
    const record = recordOf(entry('1'), entry('1', { ...change, recordedAt: day('2026-02-10') }))
    expect(entriesAt(record, day('2026-02-09'))).toEqual([entry('1')])
    expect(entriesAt(record, day('2026-02-10'))).toMatchObject([change])
  })

  it.each([
    ['1', '2', '3'],
    ['3', '2', '1'],
    ['2', '3', '1'],
  ])('CRD-19 shows oldest conduct first, in whichever order %s, %s, %s came', (...numbers) => {
    const record = recordOf(...numbers.map((number) => entry(number, { occurredAt: day(`2026-01-0${number}`) })))
    expect(numbersAt(record, '2026-02-01')).toEqual(['1', '2', '3'])
  })

  it('CRD-19 shows what was known at an instant', () => {
    const record = recordOf(entry('1'), entry('2', { recordedAt: day('2026-03-01') }))
    expect(numbersAt(record, '2026-01-31')).toEqual([])
    expect(numbersAt(record, '2026-02-01')).toEqual(['1'])
    expect(numbersAt(record, '2026-03-01')).toEqual(['1', '2'])
    expect(numbersAt(undefined, '2026-03-01')).toEqual([])
  })
})
