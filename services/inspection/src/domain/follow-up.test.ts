import type { RegionCode } from '@dual-random/kernel'
import { given } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import { at, day, resultOf } from '../../tests/support/records.ts'
import { type ClosingRequest, closeFollowUp, escalate, type FollowUp, openFollowUp } from './follow-up.ts'
import type { FollowUpKind } from './result.ts'
import { timelineOf } from './timeline.ts'

const order = resultOf({ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20' })
const clue = resultOf({ resultType: 'PENDING_INVESTIGATION', clue: '涉嫌无照经营' })

const opened = (result = order): FollowUp => {
  const change = openFollowUp(result)
  if (change === undefined) throw new Error('opened nothing')
  return change.followUp
}

const lastInstant = at('2026-05-20T15:59:59.999Z')
const dayAfter = at('2026-05-20T16:00:00.000Z')
const proof = [{ description: '整改照片' }]
const link = { issuedBy: '示例执法支队', identifier: '示例〔2026〕1号', date: day('2026-05-01') }

const corrected: ClosingRequest = { outcome: 'CORRECTED', decision: '经复查已改正', proof }
const closedBy =
  (request: ClosingRequest, instant = lastInstant) =>
  (followUp: FollowUp) =>
    closeFollowUp(followUp, request, { by: 'zhang.san', at: instant, municipalities: [] })

describe('opening', () => {
  it('FUP-01 INS-23 a problem is assigned to one unit at once, that of the task', () => {
    expect(openFollowUp(order)).toMatchObject({
      followUp: { followUpId: `fu-${order.resultId}`, unitId: '230300-scj', kind: 'CORRECTION', dueDate: '2026-05-20', status: 'OPEN' },
      events: [{ type: 'opened' }],
    })
    expect(openFollowUp(resultOf())).toBeUndefined()
  })
})

describe('escalation', () => {
  it('FUP-11 an order still open after its date is shown to the superior, once', () => {
    expect(escalate(opened(), lastInstant, [])).toBeUndefined()
    const change = escalate(opened(), dayAfter, [])
    expect(change).toMatchObject({ followUp: { escalated: { at: dayAfter, toRegionCode: '230000' } }, events: [{ type: 'escalated' }] })
    expect(change && escalate(change.followUp, dayAfter, [])).toBeUndefined()
  })

  it('FUP-11 a province has nobody above it', () => {
    expect(escalate({ ...opened(), regionCode: '230000' as RegionCode }, dayAfter, [])?.followUp.escalated?.toRegionCode).toBe('230000')
  })

  it('FUP-11 PLN-07 a district’s superior is the municipality, not the heading its code stands under; a city’s county has its city', () => {
    const district = { ...opened(), regionCode: '310101' as RegionCode }
    const municipalities = ['310000' as RegionCode]
    expect(escalate(district, dayAfter, municipalities)?.followUp.escalated?.toRegionCode).toBe('310000')
    const county = { ...opened(), regionCode: '230302' as RegionCode }
    expect(escalate(county, dayAfter, municipalities)?.followUp.escalated?.toRegionCode).toBe('230300')
    const late = closeFollowUp(district, corrected, { by: 'zhang.san', at: dayAfter, municipalities })
    expect(late).toMatchObject({ ok: true, value: { followUp: { escalated: { toRegionCode: '310000' } } } })
  })

  it('FUP-12 a clue has no date: it stays open until its outcome', () => {
    expect(escalate(opened(clue), at('2030-01-01T00:00:00.000Z'), [])).toBeUndefined()
  })
})

describe('closing', () => {
  it('FUP-11 an order closes with proof and a decision, and a late closing escalates first', () => {
    given(opened())
      .when(closedBy(corrected))
      .outcome({ followUp: { status: 'CLOSED', closing: { outcome: 'CORRECTED', late: false } }, events: [{ type: 'closed' }] })
    const late = given(opened())
      .when(closedBy(corrected, dayAfter))
      .outcome({ followUp: { closing: { late: true } }, events: [{ type: 'escalated' }, { type: 'closed' }] })
    const swept = escalate(opened(), dayAfter, [])?.followUp ?? opened()
    given(swept)
      .when(closedBy(corrected, dayAfter))
      .outcome({ events: [{ type: 'closed' }] })
    expect(late?.followUp.escalated).toEqual(swept.escalated)
    given(opened())
      .when(closedBy({ ...corrected, proof: [] }))
      .refusal({ code: 'closing-lacks', need: 'proof' })
  })

  it('FUP-12 an investigation closes with the outcome of the case, linked', () => {
    const outcome = { outcome: 'PENALTY_DECIDED', decision: '已处罚' }
    given(opened(clue)).when(closedBy(outcome)).refusal({ code: 'closing-lacks', need: 'link' })
    given(opened(clue))
      .when(closedBy({ ...outcome, link }))
      .outcome({ followUp: { status: 'CLOSED', closing: { link } } })
    given(opened(clue)).when(closedBy(corrected)).refusal({ code: 'unknown-outcome', outcome: 'CORRECTED' })
  })

  const allowed: Readonly<Record<FollowUpKind, readonly string[]>> = {
    CORRECTION: ['CORRECTED', 'CASE_FILED'],
    CASE_CLUE: ['PENALTY_DECIDED', 'CASE_CLOSED', 'CASE_NOT_FILED', 'TRANSFER_RETURNED'],
    LISTING: ['LISTED_ABNORMAL', 'LISTED_SERIOUS', 'NOT_LISTED', 'CORRECTED'],
    OTHER: ['HANDLED', 'CASE_FILED'],
  }
  const all = [...new Set(Object.values(allowed).flat())]

  it.each(Object.keys(allowed) as FollowUpKind[])('FUP-12 a follow-up of kind %s has its own outcomes', (kind) => {
    const complete = { decision: '决定', proof, link, basis: '依据' }
    const accepted = all.filter((outcome) => closedBy({ outcome, ...complete })({ ...opened(), kind }).ok)
    expect(accepted.sort()).toEqual([...allowed[kind]].sort())
    expect(closedBy({ outcome: 'toString', ...complete })({ ...opened(), kind }).ok).toBe(false)
  })

  it('says what a listing rests on', () => {
    const listing = { ...opened(), kind: 'LISTING' } as const
    given(listing)
      .when(closedBy({ outcome: 'LISTED_ABNORMAL', decision: '列入' }))
      .refusal({ code: 'closing-lacks', need: 'basis' })
    given(listing)
      .when(closedBy({ outcome: 'NOT_LISTED', decision: '不列入' }))
      .outcome({ followUp: { status: 'CLOSED' } })
  })

  it('closes once: the same request again changes nothing, another is refused', () => {
    const change = given(opened()).when(closedBy(corrected)).outcome({})
    const closed = change?.followUp ?? opened()
    expect(closedBy(corrected, dayAfter)(closed)).toEqual({ ok: true, value: undefined })
    given(closed)
      .when(closedBy({ ...corrected, decision: '另一决定' }))
      .refusal({ code: 'follow-up-closed' })
  })
})

describe('the timeline', () => {
  it('FUP-17 shows the chain from the result to its end, with an explicit closed state', () => {
    const end = given(opened()).when(closedBy(corrected, dayAfter)).outcome({})
    const timeline = timelineOf(order, end?.followUp)
    expect(timeline.closed).toBe(true)
    expect(timeline.steps.map(({ what, detail }) => `${what} ${detail}`)).toEqual([
      'RESULT_ENTERED ORDERED_CORRECT',
      'FOLLOW_UP_OPENED CORRECTION',
      'ESCALATED 230000',
      'CLOSED CORRECTED',
    ])
  })

  it('FUP-17 is open while its follow-up is, or is not known yet, and closed where there is nothing to follow', () => {
    expect(timelineOf(order, opened()).closed).toBe(false)
    expect(timelineOf(order, undefined).closed).toBe(false)
    expect(timelineOf(resultOf(), undefined).closed).toBe(true)
  })
})
