import type { LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { lead } from '../../tests/support/lead-days.ts'
import { act, city, days, gaj, planLine, scj } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import type { DrawOfBatch } from './progress.ts'
import { type Drawing, windowReminders } from './window-reminders.ts'

const line = { ...planLine('L01', { window: days('2026-05-01', '2026-08-31'), times: 2 }), initiatorUnitId: gaj }
const [first, second] = line.batches
const plan = planAt(publishedVersionOf([line]))

const none: Drawing = { draws: [], tasks: [] }
const on = (today: string, draws: readonly DrawOfBatch[] = [], tasks: Drawing['tasks'] = []) =>
  windowReminders(plan, { draws, tasks }, today as LocalDate, lead)
const gist = (found: ReturnType<typeof on>) => found.map(({ kind, batch, date }) => `${kind} ${batch} ${date}`)
const draw = (state: DrawOfBatch['state'], batch = 1): DrawOfBatch => ({ drawId: `d${batch}`, lineId: 'L01', batch, state, drawn: 10 })
const tasksOf = (tasks: number, done: number) => [{ drawId: 'd1', unitCount: 1, tasks, done }]

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

  it('PLN-24 a batch drawn reminds of nothing while its window lasts; one frozen, committed, void or failed is not drawn', () => {
    expect(gist(on('2026-06-30', [draw('DRAWN')]))).toEqual(['WINDOW_OPENS 2 2026-07-01'])
    expect(gist(on('2026-08-31', [draw('CLOSED'), draw('DRAWN', 2)], tasksOf(10, 10)))).toEqual([])
    for (const state of ['FROZEN', 'COMMITTED', 'VOID', 'FAILED'] as const) expect(on('2026-06-20', [draw(state)])).toHaveLength(1)
    expect(on('2026-06-20', [{ ...draw('DRAWN'), lineId: 'L02' }])).toHaveLength(1)
  })

  it.each([
    ['nothing dispatched', [], ['WINDOW_ENDED_UNCHECKED 1 2026-06-30']],
    ['nothing done', tasksOf(10, 0), ['WINDOW_ENDED_UNCHECKED 1 2026-06-30']],
    ['one not done', tasksOf(10, 9), ['WINDOW_ENDED_UNCHECKED 1 2026-06-30']],
    ['one not dispatched', tasksOf(9, 9), ['WINDOW_ENDED_UNCHECKED 1 2026-06-30']],
    ['all done', tasksOf(10, 10), []],
  ])('PLN-24 a batch drawn whose window has ended with %s reminds: %j', (_what, tasks, expected) => {
    expect(gist(on('2026-06-30', [draw('DRAWN')], tasks))).toEqual(['WINDOW_OPENS 2 2026-07-01'])
    expect(gist(on('2026-07-01', [draw('CLOSED')], tasks))).toEqual([...expected, 'WINDOW_OPENS 2 2026-07-01'])
    expect(gist(windowReminders(plan, { draws: [draw('CLOSED')], tasks }, '2026-07-01' as LocalDate, undefined))).toEqual(expected)
  })

  it('PLN-24 the initiating unit’s dispatcher and the planner are told of what was not checked, in other words where some was, under one key', () => {
    const [nothing] = on('2026-07-01', [draw('DRAWN')], tasksOf(10, 0))
    const [some] = on('2026-07-01', [draw('DRAWN')], tasksOf(10, 9))
    expect(nothing?.addressees).toEqual([
      { regionCode: city, unitId: gaj, roles: ['DISPATCHER'] },
      { regionCode: city, unitId: scj, roles: ['PLANNER'] },
    ])
    expect(nothing?.text).toContain('第1批检查期已于2026-06-30结束，没有完成任何检查，属只计划、不执行。')
    expect(some?.text).toContain('第1批检查期已于2026-06-30结束，检查尚未全部完成，请尽快完成。')
    expect(some?.key).toBe(nothing?.key)
  })

  it('PLN-24 the initiating unit’s organiser and the plan’s planner are told', () => {
    expect(on('2026-04-24')[0]?.addressees).toEqual([
      { regionCode: city, unitId: gaj, roles: ['DRAW_ORGANISER'] },
      { regionCode: city, unitId: scj, roles: ['PLANNER'] },
    ])
  })

  it('PLN-24 where policy gives no lead days only what has ended is told', () => {
    const without = (today: string) => windowReminders(plan, none, today as LocalDate, undefined)
    expect(without('2026-06-30')).toEqual([])
    expect(gist(without('2026-07-01'))).toEqual(['WINDOW_ENDED_UNDRAWN 1 2026-06-30'])
  })

  it('PLN-28 only a published version that is not closed has windows', () => {
    const at = '2026-09-01' as LocalDate
    expect(windowReminders(planAt(filedVersionOf([line], act.at)), none, at, lead)).toEqual([])
    expect(windowReminders({ ...plan, closed: act }, none, at, lead)).toEqual([])
  })
})
