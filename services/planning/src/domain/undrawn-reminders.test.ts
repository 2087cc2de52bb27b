import type { LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { lead } from '../../tests/support/lead-days.ts'
import { act, city, days, gaj, lineId, scj } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { Problem, UndrawnLine } from './undrawn-line.ts'
import type { UndrawnChecks } from './undrawn-progress.ts'
import { undrawnReminders } from './undrawn-reminders.ts'

const line: UndrawnLine = { ...campaign('L02', { window: days('2026-05-01', '2026-06-30') }), initiatorUnitId: gaj }
const specialCheck = (means: Problem['means']): UndrawnLine => ({
  ...line,
  problem: { trigger: { id: 'HIGH_RISK', text: '风险高' }, description: '某类问题', means },
})
const planOf = (undrawn: UndrawnLine) => planAt({ ...publishedVersionOf([]), undrawn: [undrawn] })
const none: UndrawnChecks = { opened: [], ofClueTasks: new Map() }
const on = (today: string, checks = none, undrawn = line) => undrawnReminders(planOf(undrawn), checks, today as LocalDate, lead)
const gist = (found: ReturnType<typeof on>) => found.map(({ kind, date }) => `${kind} ${date}`)
const opened = (of: string, ...completed: readonly boolean[]): UndrawnChecks => ({
  ...none,
  opened: completed.map((each, index) => ({ planId: 'p1', lineId: of, mark: `m${index}`, completed: each })),
})

describe('reminders of lines without a draw', () => {
  it.each([
    ['2026-04-23', []],
    ['2026-04-24', ['WINDOW_OPENS 2026-05-01']],
    ['2026-06-15', ['WINDOW_OPENS 2026-05-01']],
    ['2026-06-16', ['WINDOW_ENDS_UNOPENED 2026-06-30']],
    ['2026-06-30', ['WINDOW_ENDS_UNOPENED 2026-06-30']],
    ['2026-07-01', ['WINDOW_ENDED_UNOPENED 2026-06-30']],
  ])('PLN-24 a line of which no check was opened reminds on %s: %j', (today, expected) => {
    expect(gist(on(today))).toEqual(expected)
  })

  it('PLN-24 a line with a check reminds of nothing while its window lasts; a check of another line is none of it', () => {
    expect(on('2026-06-30', opened('L02', false))).toEqual([])
    expect(gist(on('2026-06-30', opened('L03', false)))).toEqual(['WINDOW_ENDS_UNOPENED 2026-06-30'])
    expect(gist(on('2026-07-01', opened('L03', true)))).toEqual(['WINDOW_ENDED_UNOPENED 2026-06-30'])
  })

  it.each([
    [[false], ['WINDOW_ENDED_UNCHECKED 2026-06-30'], '没有完成任何检查'],
    [[true, false], ['WINDOW_ENDED_UNCHECKED 2026-06-30'], '检查尚未全部完成'],
    [[true, true], [], ''],
  ])('PLN-24 a line whose window has ended with checks completed %j reminds: %j', (completed, expected, words) => {
    const found = on('2026-07-01', opened('L02', ...completed))
    expect(gist(found)).toEqual(expected)
    for (const { text, addressees } of found) {
      expect(text).toContain(`“专项整治”检查期已于2026-06-30结束，${words}`)
      expect(addressees[0]).toEqual({ regionCode: city, unitId: gaj, roles: ['DISPATCHER'] })
    }
    expect(gist(undrawnReminders(planOf(line), opened('L02', ...completed), '2026-07-01' as LocalDate, undefined))).toEqual(expected)
  })

  it('PLN-24 the initiating unit’s dispatcher and the plan’s planner are told, in words of the line', () => {
    const [reminder] = on('2026-07-01')
    expect(reminder).toMatchObject({ lineId: 'L02', text: expect.stringContaining('“专项整治”检查期已于2026-06-30结束，未开展检查') })
    expect(reminder).not.toHaveProperty('batch')
    expect(reminder?.addressees).toEqual([
      { regionCode: city, unitId: gaj, roles: ['DISPATCHER'] },
      { regionCode: city, unitId: scj, roles: ['PLANNER'] },
    ])
  })

  it('PLN-24 TGT-11 of a special check made by a draw on clues the tasks of that count, of one made by a drawn line that line reminds', () => {
    const onClues = specialCheck({ clueTaskId: 'ct-1' })
    const of = (clueTaskId: string, done = 0): UndrawnChecks => ({ ...none, ofClueTasks: new Map([[clueTaskId, { tasks: 1, done }]]) })
    expect(on('2026-06-30', of('ct-1'), onClues)).toEqual([])
    expect(gist(on('2026-07-01', of('ct-1'), onClues))).toEqual(['WINDOW_ENDED_UNCHECKED 2026-06-30'])
    expect(on('2026-07-01', of('ct-1', 1), onClues)).toEqual([])
    expect(gist(on('2026-07-01', of('ct-2'), onClues))).toEqual(['WINDOW_ENDED_UNOPENED 2026-06-30'])
    expect(on('2026-07-01', none, specialCheck({ lineId: lineId('L01') }))).toEqual([])
    expect(on('2026-07-01', none, specialCheck({ similar: '随机抽签' }))).toHaveLength(1)
  })

  it('PLN-24 where policy gives no lead days only what has ended is told', () => {
    const without = (today: string) => undrawnReminders(planOf(line), none, today as LocalDate, undefined)
    expect(without('2026-06-30')).toEqual([])
    expect(gist(without('2026-07-01'))).toEqual(['WINDOW_ENDED_UNOPENED 2026-06-30'])
  })

  it('PLN-28 only a published version that is not closed has windows', () => {
    const at = '2026-09-01' as LocalDate
    expect(undrawnReminders(planAt({ ...filedVersionOf([], act.at), undrawn: [line] }), none, at, lead)).toEqual([])
    expect(undrawnReminders({ ...planOf(line), closed: act }, none, at, lead)).toEqual([])
  })
})
