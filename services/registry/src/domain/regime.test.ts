import type { Instant, LocalDate, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  enterRegime,
  exitRegime,
  lastDayOf,
  lastDayOfYears,
  type Membership,
  membershipsAt,
  type NewMembership,
  type RegimeRecord,
  standingOn,
} from './regime.ts'

const date = (text: string) => text as LocalDate
const noon = (day: string) => `${day}T04:00:00.000Z` as Instant

const sandbox = (on: string, over: Partial<NewMembership['entry']> = {}): NewMembership => ({
  kind: 'SANDBOX',
  membershipId: `sandbox-${on}`,
  entry: { on: date(on), reason: '四新企业', by: 'li', at: noon(on), load: 'l1', ...over },
  innovations: ['NEW_MODEL'],
  tolerancePeriod: { start: date(on), end: lastDayOfYears(date(on), 1) },
})

const listed = (on: string): NewMembership => ({
  kind: 'WHITE_LIST',
  membershipId: `list-${on}`,
  entry: { on: date(on), reason: '同盟企业', by: 'li', at: noon(on), load: 'l1' },
  alliance: '广告产业信用同盟',
})

const recordOf = (...memberships: readonly Membership[]): RegimeRecord => ({
  objectId: 'o1' as ObjectId,
  objectCode: 'c1',
  regionCode: '230202' as RegionCode,
  unitId: '230200-scj' as UnitId,
  memberships,
})

const leave = (membership: Membership, on: string, at = on): Membership => {
  const left = exitRegime(membership, { on: date(on), reason: '退出', by: 'li', at: noon(at) })
  if (!left.ok) throw new Error(left.error.code)
  return left.value
}

const inForce = (record: RegimeRecord, at: Instant) => membershipsAt(record, at).map(({ kind }) => kind)

describe('tolerance period', () => {
  it.each([
    ['2026-03-01', '2027-03-01'],
    ['2026-12-31', '2027-12-31'],
    ['2028-02-29', '2029-02-28'],
    ['2027-02-28', '2028-02-28'],
  ])('TGT-19 of an entry on %s lasts one year, until %s', (on, end) => {
    expect(lastDayOfYears(date(on), 1)).toBe(end)
  })

  it('TGT-19 keeps a leap day where the year has one', () => {
    expect(lastDayOfYears(date('2028-02-29'), 4)).toBe('2032-02-29')
    expect(lastDayOfYears(date('2096-02-29'), 4)).toBe('2100-02-28')
  })

  it('TGT-18 TGT-19 holds from the first to the last instant of its days in China, and is over at the next', () => {
    const record = recordOf(sandbox('2026-03-01', { at: noon('2026-02-01') }))
    expect(inForce(record, '2026-02-28T15:59:59.999Z' as Instant)).toEqual([])
    expect(inForce(record, '2026-02-28T16:00:00.000Z' as Instant)).toEqual(['SANDBOX'])
    expect(inForce(record, '2027-03-01T15:59:59.999Z' as Instant)).toEqual(['SANDBOX'])
    expect(inForce(record, '2027-03-01T16:00:00.000Z' as Instant)).toEqual([])
  })

  it('TGT-19 shows the days that are left after each', () => {
    const membership = sandbox('2026-03-01')
    expect(standingOn(membership, date('2026-02-28'))).toEqual({ status: 'UPCOMING', daysLeft: 366 })
    expect(standingOn(membership, date('2026-03-01'))).toEqual({ status: 'IN_FORCE', daysLeft: 365 })
    expect(standingOn(membership, date('2027-03-01'))).toEqual({ status: 'IN_FORCE', daysLeft: 0 })
    expect(standingOn(membership, date('2027-03-02'))).toEqual({ status: 'TOLERANCE_OVER', daysLeft: 0 })
    expect(standingOn(listed('2026-03-01'), date('2040-01-01'))).toEqual({ status: 'IN_FORCE' })
  })
})

describe('entering', () => {
  const enter = (before: readonly Membership[], entering: NewMembership, mayExtend = true) => {
    const entered = enterRegime(before, entering, { mayExtend })
    return entered.ok ? entered.value.length : entered.error
  }

  it('TGT-17 the same membership again is no change', () => {
    const known = [sandbox('2026-03-01')]
    expect(enterRegime(known, sandbox('2026-03-01', { by: 'wang', at: noon('2026-03-05'), load: 'l2' }), { mayExtend: true })).toEqual({
      ok: true,
      value: known,
    })
  })

  it('TGT-17 two of a kind never overlap, up to the last day of the first', () => {
    const known = [sandbox('2026-03-01')]
    expect(enter(known, sandbox('2027-03-01'))).toEqual({ code: 'regime-overlap', since: '2026-03-01', until: '2027-03-01' })
    expect(enter(known, sandbox('2027-03-02'))).toBe(2)
    expect(enter(known, sandbox('2026-03-01', { reason: '另有理由' }))).toMatchObject({ code: 'regime-overlap' })
    expect(enter([listed('2026-03-01')], listed('2030-01-01'))).toMatchObject({ code: 'regime-overlap', until: '9999-12-31' })
  })

  it('TGT-17 an object may be in the sandbox and on the white list', () => {
    expect(enter([sandbox('2026-03-01')], listed('2026-04-01'))).toBe(2)
  })

  it('TGT-19 a second sandbox is an extension, and refused where policy allows none', () => {
    const over = [sandbox('2025-01-01')]
    expect(enter(over, sandbox('2026-03-01'), false)).toEqual({ code: 'sandbox-extension-not-allowed', until: '2026-01-01' })
    expect(enter(over, sandbox('2026-03-01'), true)).toBe(2)
    expect(enter([leave(listed('2025-01-01'), '2025-06-01')], listed('2026-03-01'), false)).toBe(2)
  })

  it('TGT-17 an entry that was taken back on its own day bars nothing', () => {
    expect(enter([leave(sandbox('2026-03-01'), '2026-03-01')], sandbox('2026-03-01', { reason: '更正' }), false)).toBe(2)
  })

  it('TGT-19 a tolerance period that has ended already is none', () => {
    expect(enter([], sandbox('2025-03-01', { at: noon('2026-03-01') }))).toBe(1)
    expect(enter([], sandbox('2025-03-01', { at: noon('2026-03-02') }))).toEqual({ code: 'tolerance-over', end: '2026-03-01' })
  })
})

describe('leaving', () => {
  it('TGT-17 TGT-19 ends the membership on the day before, early', () => {
    const left = leave(sandbox('2026-03-01'), '2026-06-01')
    expect(lastDayOf(left)).toBe('2026-05-31')
    expect(standingOn(left, date('2026-05-31'))).toEqual({ status: 'IN_FORCE', daysLeft: 0 })
    expect(standingOn(left, date('2026-06-01'))).toEqual({ status: 'LEFT' })
    expect(inForce(recordOf(left), noon('2026-06-01'))).toEqual([])
  })

  it('DRW-22 what is asked as of an earlier instant knows nothing of what was entered later', () => {
    const record = recordOf(leave(sandbox('2026-03-01'), '2026-04-01', '2026-05-01'))
    expect(inForce(record, noon('2026-04-30'))).toEqual(['SANDBOX'])
    expect(inForce(record, noon('2026-05-01'))).toEqual([])
    const late = recordOf(sandbox('2026-03-01', { at: noon('2026-03-10') }))
    expect([inForce(late, noon('2026-03-09')), inForce(late, noon('2026-03-10'))]).toEqual([[], ['SANDBOX']])
  })

  it('TGT-17 refuses an exit before the entry, after the tolerance period, or another than was recorded', () => {
    const exit = (membership: Membership, on: string, reason = '退出') => {
      const left = exitRegime(membership, { on: date(on), reason, by: 'li', at: noon('2026-03-02') })
      return left.ok ? left.value.exit?.on : left.error
    }
    expect(exit(sandbox('2026-03-01'), '2026-02-28')).toEqual({ code: 'exit-before-entry', on: '2026-03-01' })
    expect(exit(sandbox('2026-03-01'), '2027-03-01')).toBe('2027-03-01')
    expect(exit(sandbox('2026-03-01'), '2027-03-02')).toEqual({ code: 'tolerance-over', end: '2027-03-01' })
    const left = leave(listed('2026-03-01'), '2026-06-01')
    expect(exit(left, '2026-06-01')).toBe('2026-06-01')
    expect(exit(left, '2026-06-02')).toEqual({ code: 'membership-left', on: '2026-06-01' })
    expect(exit(left, '2026-06-01', '另有理由')).toEqual({ code: 'membership-left', on: '2026-06-01' })
  })
})
