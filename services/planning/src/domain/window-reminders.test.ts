import type { LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, city, days, gaj, planLine, scj } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import type { LeadDays } from './reminder.ts'
import { type DrawnBatch, windowReminders } from './window-reminders.ts'

const lead: LeadDays = {
  planDue: 14,
  windowOpening: 7,
  windowEnding: 14,
  filingUndecided: 7,
  acceptedUnpublished: 5,
  clueDue: 2,
  assignmentOpen: 7,
}
const line = { ...planLine('L01', { window: days('2026-05-01', '2026-08-31'), times: 2 }), initiatorUnitId: gaj }
const [first, second] = line.batches
const plan = planAt(publishedVersionOf([line]))

const on = (today: string, draws: readonly DrawnBatch[] = [], ahead: LeadDays | undefined = lead) =>
  windowReminders(plan, draws, today as LocalDate, ahead)
const gist = (found: ReturnType<typeof on>) => found.map(({ kind, batch, date }) => `${kind} ${batch} ${date}`)
const draw = (state: DrawnBatch['state'], batch = 1): DrawnBatch => ({ lineId: 'L01', batch, state })

describe('reminders of windows', () => {
  it('stands on two batches', () => {
    expect([first?.window, second?.window]).toEqual([days('2026-05-01', '2026-06-30'), days('2026-07-01', '2026-08-31')])
  })

  it.each([
    ['2026-04-23', []],
    ['2026-04-24', ['WINDOW_OPENS 1 2026-05-01']],
    ['2026-06-15', ['WINDOW_OPENS 1 2026-05-01']],
    ['2026-06-16', ['WINDOW_ENDS_UNDRAWN 1 2026-06-30']],
    ['2026-06-30', ['WINDOW_ENDS_UNDRAWN 1 2026-06-30', 'WINDOW_OPENS 2 2026-07-01']],
    ['2026-07-01', ['WINDOW_ENDED_UNDRAWN 1 2026-06-30', 'WINDOW_OPENS 2 2026-07-01']],
    ['2026-09-01', ['WINDOW_ENDED_UNDRAWN 1 2026-06-30', 'WINDOW_ENDED_UNDRAWN 2 2026-08-31']],
  ])('PLN-24 a batch with nothing drawn reminds on %s: %j', (today, expected) => {
    expect(gist(on(today))).toEqual(expected)
  })

  it('PLN-24 a batch drawn reminds of nothing; one frozen, committed, void or failed is not drawn', () => {
    expect(gist(on('2026-06-30', [draw('DRAWN')]))).toEqual(['WINDOW_OPENS 2 2026-07-01'])
    expect(on('2026-09-01', [draw('CLOSED'), draw('DRAWN', 2)])).toEqual([])
    for (const state of ['FROZEN', 'COMMITTED', 'VOID', 'FAILED'] as const) expect(on('2026-06-20', [draw(state)])).toHaveLength(1)
    expect(on('2026-06-20', [{ ...draw('DRAWN'), lineId: 'L02' }])).toHaveLength(1)
  })

  it('PLN-24 the initiating unit’s organiser and the plan’s planner are told', () => {
    expect(on('2026-04-24')[0]?.addressees).toEqual([
      { regionCode: city, unitId: gaj, roles: ['DRAW_ORGANISER'] },
      { regionCode: city, unitId: scj, roles: ['PLANNER'] },
    ])
  })

  it('PLN-24 where policy gives no lead days only what has ended is told', () => {
    const without = (today: string) => windowReminders(plan, [], today as LocalDate, undefined)
    expect(without('2026-06-30')).toEqual([])
    expect(gist(without('2026-07-01'))).toEqual(['WINDOW_ENDED_UNDRAWN 1 2026-06-30'])
  })

  it('PLN-28 only a published version that is not closed has windows', () => {
    const at = '2026-09-01' as LocalDate
    expect(windowReminders(planAt(filedVersionOf([line], act.at)), [], at, lead)).toEqual([])
    expect(windowReminders({ ...plan, closed: act }, [], at, lead)).toEqual([])
  })
})
