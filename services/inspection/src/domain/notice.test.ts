import type { Result } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { valueOf } from '../../tests/support/policies.ts'
import { at, task } from '../../tests/support/records.ts'
import { giveNotice, type NoticeRefusal, openedBy } from './notice.ts'
import type { Task, TaskChange } from './task.ts'

const act = { by: 'zhang.san', at: at('2026-04-02T01:00:00.000Z') }
const undrawn = { ...task, opening: { ground: 'CLUE' } } as unknown as Task

const refusalOf = (given: Result<TaskChange | undefined, NoticeRefusal>) => (given.ok ? undefined : given.error)

describe('the notice of a check', () => {
  it('DRW-34 INS-26 ACC-07 is on record with who handed it over and when, and tells nobody else', () => {
    const given = valueOf(giveNotice(task, act))
    expect(given?.task.notice).toEqual(act)
    expect(given?.task.trace.at(-1)).toEqual({ what: 'NOTICE_GIVEN', ...act })
    expect(given?.events).toEqual([])
  })

  it('DRW-34 is handed over once: a second time changes nothing, whatever became of the task', () => {
    const given = valueOf(giveNotice(task, act))?.task ?? task
    for (const status of ['OPEN', 'SUSPENDED', 'COMPLETED', 'WITHDRAWN'] as const)
      expect(giveNotice({ ...given, status }, { by: 'li.si', at: at('2026-04-03T01:00:00.000Z') })).toEqual({ ok: true, value: undefined })
  })

  it('DRW-34 SEC-05 is not handed over before the window, by the date of China', () => {
    const on = (instant: string) => refusalOf(giveNotice(task, { ...act, at: at(instant) }))
    expect(on('2026-03-31T15:59:59.999Z')).toEqual({ code: 'notice-before-window', start: '2026-04-01' })
    expect(on('2026-03-31T16:00:00.000Z')).toBeUndefined()
  })

  it('DRW-14 DRW-30 is not handed over where nobody may go; after the check it still is', () => {
    const of = (status: Task['status']) => refusalOf(giveNotice({ ...task, status }, act))?.code
    expect([of('SUSPENDED'), of('WITHDRAWN'), of('OPEN'), of('COMPLETED')]).toEqual([
      'task-suspended',
      'task-withdrawn',
      undefined,
      undefined,
    ])
  })

  it('DRW-34 has no opening where no draw is behind the task', () => {
    expect(refusalOf(giveNotice(undrawn, act))).toEqual({ code: 'notice-without-draw' })
  })

  it('DRW-34 SEC-05 opens an object once it was handed over, and not before', () => {
    expect(openedBy(task)).toBeUndefined()
    const given = { ...task, notice: act }
    expect(openedBy(given)).toBe(given)
    expect(openedBy({ ...undrawn, notice: act })).toBeUndefined()
  })
})
