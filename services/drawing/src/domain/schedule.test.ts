import { firstRoundAt, timeOfRound } from '@dual-random/beacon'
import { addMs, epochMsOf, type Instant, type LocalDate, type UnitId } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { line, terms } from '../../tests/fixtures.ts'
import {
  auditDueAtOf,
  closeAtOf,
  committedAtOf,
  delaySeconds,
  entryDeadline,
  failableAtOf,
  freezableAt,
  isAuditMissing,
  isStale,
  lastVoidAt,
  revealWindow,
} from './schedule.ts'

const at = (text: string): Instant => text as Instant
const { commitAt, freezeAt } = line.batch

describe('schedule', () => {
  it('DRW-32 bears the scheduled instant, or the last whole margin after it that has been reached', () => {
    const committed = (now: string) => committedAtOf(commitAt, at(now), terms)
    expect(committed('2026-03-02T01:09:59.999Z')).toBeUndefined()
    expect(committed('2026-03-02T01:10:00.000Z')).toBe(commitAt)
    expect(committed('2026-03-02T01:19:59.999Z')).toBe(commitAt)
    expect(committed('2026-03-02T01:20:00.000Z')).toBe('2026-03-02T01:20:00.000Z')
    expect(committed('2026-03-05T09:33:00.000Z')).toBe('2026-03-05T09:30:00.000Z')
  })

  it('DRW-32 leaves a margin between the entry and the round, however late the commitment is made', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 90 * 86_400_000 }), fc.integer({ min: 1, max: 86_400 }), (lateMs, periodSeconds) => {
        const now = addMs(commitAt, lateMs)
        const committedAt = committedAtOf(commitAt, now, terms) as Instant
        const chain = { genesisTime: 1_767_225_600, periodSeconds }
        const roundAt = timeOfRound(chain, firstRoundAt(chain, addMs(committedAt, 1000 * delaySeconds(terms, 0))))
        expect(epochMsOf(committedAt)).toBeLessThanOrEqual(epochMsOf(now))
        expect(epochMsOf(now)).toBeLessThan(epochMsOf(entryDeadline({ beacons: [{ at: roundAt }] }, terms)))
      }),
    )
  })

  it('DRW-32 waits for secrets where any unit gave a tip, beside two margins', () => {
    const seconds = { marginSeconds: 600, revealWindowSeconds: 1800 }
    expect([0, 1, 3].map((tips) => revealWindow(seconds, tips))).toEqual([0, 1800, 1800])
    expect([0, 1, 3].map((tips) => delaySeconds(seconds, tips))).toEqual([1200, 3000, 3000])
  })

  it('DRW-32 lets nothing enter later than a margin before the first of several rounds', () => {
    const beacons = ['2026-03-02T01:30:07.000Z', '2026-03-02T01:30:00.000Z', '2026-03-02T01:30:11.000Z'].map((each) => ({ at: at(each) }))
    expect(entryDeadline({ beacons }, { ...terms, marginSeconds: 600 })).toBe('2026-03-02T01:20:00.000Z')
    expect(() => entryDeadline({ beacons: [] }, terms)).toThrow('no beacon')
  })

  it('DRW-32 lets no void enter in the last quarter of a margin before that, in which it could not be witnessed', () => {
    const beacons = ['2026-03-02T01:30:07.000Z', '2026-03-02T01:30:00.000Z'].map((each) => ({ at: at(each) }))
    expect(lastVoidAt({ beacons }, { marginSeconds: 600 })).toBe('2026-03-02T01:17:30.000Z')
    expect(lastVoidAt({ beacons }, { marginSeconds: 1 })).toBe('2026-03-02T01:29:58.750Z')
  })

  it('DRW-31 misses an audit that is due from the instant after on, and none that was given or that policy does not ask for', () => {
    const matchedAt = at('2026-03-02T01:30:05.000Z')
    const auditDueAt = auditDueAtOf({ matchedAt }, { auditDueDays: 10 })
    expect(auditDueAt).toBe('2026-03-12T01:30:05.000Z')
    expect(auditDueAtOf({ matchedAt }, {})).toBeUndefined()
    expect(auditDueAtOf({}, { auditDueDays: 10 })).toBeUndefined()
    const due = { auditDueAt: at('2026-03-12T01:30:05.000Z') }
    const later = at('2026-03-12T01:30:05.001Z')
    expect(isAuditMissing(due, due.auditDueAt)).toBe(false)
    expect(isAuditMissing(due, later)).toBe(true)
    expect(isAuditMissing({ ...due, audits: [{ unitId: '230000-scj' as UnitId, at: later, findings: 1 }] }, later)).toBe(false)
    expect(isAuditMissing({}, later)).toBe(false)
  })

  it('DRW-31 may be said to have failed 7 days after the last of its rounds', () => {
    expect(failableAtOf({ roundAt: at('2026-03-02T01:30:00.000Z') })).toBe('2026-03-09T01:30:00.000Z')
  })

  it('freezes 5 s after the scheduled instant', () => {
    expect(freezableAt(freezeAt)).toBe('2026-03-02T01:00:05.000Z')
  })

  it('closes when the last of the policy days is over in China', () => {
    expect(closeAtOf('2026-06-30' as LocalDate, { ...terms, closeAfterDays: 0 })).toBe('2026-06-30T16:00:00.000Z')
    expect(closeAtOf('2026-06-30' as LocalDate, { ...terms, closeAfterDays: 30 })).toBe('2026-07-30T16:00:00.000Z')
  })

  it('DRW-33 calls a snapshot stale beyond the days of the policy, and never without such a policy', () => {
    expect(isStale(freezeAt, at('2026-03-09T01:00:00.000Z'), terms)).toBe(false)
    expect(isStale(freezeAt, at('2026-03-09T01:00:00.001Z'), terms)).toBe(true)
    const { snapshotMaxAgeDays: _days, ...without } = terms
    expect(isStale(freezeAt, at('2027-03-09T01:00:00.000Z'), without)).toBe(false)
  })
})
