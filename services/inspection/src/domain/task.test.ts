import type { DrawId, TaskId, VisitId } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, day, item, resultOf, task, taskWith } from '../../tests/support/records.ts'
import { enteredOf } from '../app/enter-result.ts'
import { supervisionModeOf } from './opening.ts'
import {
  attachResult,
  type EnteredResult,
  isAssigned,
  isLate,
  lapseForEntry,
  lapseForPublication,
  moveToVisit,
  remainingItems,
  type Task,
  type TaskChange,
  withdraw,
} from './task.ts'

const lastInstant = at('2026-04-30T15:59:59.999Z')
const dayAfter = at('2026-04-30T16:00:00.000Z')

const first = enteredOf(resultOf())
const second = (now = '2026-04-10T03:00:00.000Z'): EnteredResult => enteredOf(resultOf({ itemCode: item('SCJG-02') }, now))

const changeOf = (change: TaskChange | undefined): TaskChange => {
  if (change === undefined) throw new Error('nothing changed')
  return change
}

const after = (from: Task, ...results: readonly EnteredResult[]): TaskChange =>
  results.reduce<TaskChange>((change, result) => changeOf(attachResult(change.task, result)), { task: from, events: [] })

describe('completing a task', () => {
  it('INS-25 is complete once every item has a result, with the instants of the last check and the last entry', () => {
    const half = after(task, first)
    expect(half.task.status).toBe('OPEN')
    expect(half.events).toEqual([])
    expect(remainingItems(half.task)).toEqual(['SCJG-02'])
    const earlierCheck = { ...second(), checkedAt: at('2026-04-07T01:00:00.000Z') }
    const done = after(task, first, earlierCheck)
    expect(done.task).toMatchObject({ status: 'COMPLETED', completedAt: '2026-04-10T03:00:00.000Z' })
    expect(done.events).toEqual([{ type: 'completed', checkEndedAt: first.checkedAt, completedAt: '2026-04-10T03:00:00.000Z' }])
  })

  it('INS-21 keeps the results of the items apart', () => {
    const done = after(task, { ...first, resultType: 'NO_ACTIVITY' }, second())
    expect(done.task.results.map(({ itemCode, resultType }) => [itemCode, resultType])).toEqual([
      ['SCJG-01', 'NO_ACTIVITY'],
      ['SCJG-02', 'NO_PROBLEM'],
    ])
  })

  it('takes a result once', () => {
    expect(attachResult(after(task, first).task, { ...first, resultType: 'OTHER' })).toBeUndefined()
  })

  it('INS-26 leaves a trace of every step', () => {
    const lapsed = changeOf(lapseForPublication(after(task, first, second()).task, at('2026-06-01T00:00:00.000Z')))
    expect(lapsed.task.trace.map(({ what, by }) => [what, by])).toEqual([
      ['DISPATCHED', undefined],
      ['RESULT_ENTERED', 'zhang.san'],
      ['RESULT_ENTERED', 'zhang.san'],
      ['COMPLETED', undefined],
      ['LAPSED', undefined],
    ])
  })

  it('comes to the same end in whatever order results arrive', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([first, second()], { minLength: 2 }), (results) => {
        const { status, completedAt } = after(task, ...results).task
        expect([status, completedAt]).toEqual(['COMPLETED', '2026-04-10T03:00:00.000Z'])
      }),
    )
  })
})

describe('a task not completed', () => {
  it('INS-25 lapses when its window has ended in China without all entries, and not a moment before', () => {
    expect(lapseForEntry(task, lastInstant)).toBeUndefined()
    expect(changeOf(lapseForEntry(task, dayAfter))).toMatchObject({
      task: { status: 'OPEN', lapse: { reason: 'ENTRY_MISSING', at: dayAfter } },
      events: [{ type: 'lapsed', reason: 'ENTRY_MISSING' }],
    })
    expect(lapseForEntry(after(task, first).task, dayAfter)).toBeDefined()
  })

  it('INS-25 takes a late entry, flags it, and lapses first if the sweep had not', () => {
    expect(isLate(task.window, lastInstant)).toBe(false)
    expect(isLate(task.window, dayAfter)).toBe(true)
    const inTime = after(task, first, second('2026-04-30T15:59:59.999Z'))
    expect(inTime.events.map(({ type }) => type)).toEqual(['completed'])
    const late = after(after(task, first).task, second('2026-04-30T16:00:00.000Z'))
    expect(late.events.map(({ type }) => type)).toEqual(['lapsed', 'completed'])
    const swept = after(changeOf(lapseForEntry(after(task, first).task, dayAfter)).task, second('2026-04-30T16:00:00.000Z'))
    expect(swept.events.map(({ type }) => type)).toEqual(['completed'])
    expect(swept.task).toEqual(late.task)
  })

  it('INS-25 counts an entry made in time even if it is put on the task later', () => {
    const half = after(task, first).task
    expect(after(half, second('2026-04-30T15:00:00.000Z')).task.lapse).toBeUndefined()
  })

  it('PUB-05 Appendix F 4: entry in time, publication missing – not completed where policy counts it, completed where it asks for the entry alone', () => {
    const overdue = at('2026-06-01T00:00:00.000Z')
    expect(changeOf(lapseForPublication(after(task, first, second()).task, overdue)).events).toEqual([
      { type: 'lapsed', reason: 'PUBLICATION_MISSING' },
    ])
    const entryOnly = after(taskWith('ENTRY_MISSING'), first, second()).task
    expect(lapseForPublication(entryOnly, overdue)).toBeUndefined()
    expect(entryOnly.status).toBe('COMPLETED')
  })

  it('PUB-05 lapses for a missing entry under either policy, and for nothing where no policy says so', () => {
    expect(lapseForEntry(taskWith('ENTRY_MISSING'), dayAfter)).toBeDefined()
    expect(lapseForEntry(taskWith(undefined), dayAfter)).toBeUndefined()
    expect(lapseForPublication(taskWith(undefined), dayAfter)).toBeUndefined()
  })

  it('lapses once', () => {
    const lapsed = changeOf(lapseForEntry(task, dayAfter)).task
    expect(lapseForEntry(lapsed, dayAfter)).toBeUndefined()
    expect(lapseForPublication(lapsed, dayAfter)).toBeUndefined()
  })
})

describe('who and where', () => {
  it('INS-06 knows the inspectors assigned to it, by login name', () => {
    expect(isAssigned(task, 'li.si')).toBe(true)
    expect(isAssigned(task, 'wang.wu')).toBe(false)
  })

  it('DRW-18 moves to the visit that took its own over, once', () => {
    const moved = changeOf(moveToVisit(task, 'v0' as VisitId, lastInstant))
    expect(moved).toMatchObject({ task: { visitId: 'v0' }, events: [{ type: 'merged' }] })
    expect(moveToVisit(moved.task, 'v0' as VisitId, lastInstant)).toBeUndefined()
  })

  it('is due for entry at the end of its window only where something can lapse', () => {
    expect(task.entryDue).toBe(day('2026-04-30'))
    expect(taskWith(undefined).entryDue).toBeUndefined()
    expect(after(task, first, second()).task.entryDue).toBeUndefined()
    expect(task.taskId).toBe('t1' as TaskId)
  })
})

describe('withdrawing a task whose object was replaced', () => {
  const redrawId = 'redraw' as DrawId
  const now = at('2026-04-12T01:00:00.000Z')

  it('DRW-30 ends it without a result, and nothing lapses any more', () => {
    const withdrawn = changeOf(withdraw({ ...task, entryDue: day('2026-04-30') }, redrawId, now))
    expect(withdrawn.task).toMatchObject({ status: 'WITHDRAWN', results: [] })
    expect(withdrawn.task.trace.at(-1)).toEqual({ at: now, what: 'WITHDRAWN' })
    expect(withdrawn.events).toEqual([{ type: 'withdrawn', redrawId, withdrawnAt: now }])
    expect(lapseForEntry(withdrawn.task, dayAfter)).toBeUndefined()
    expect(withdraw(withdrawn.task, redrawId, now)).toBeUndefined()
  })

  it('DRW-30 withdraws a suspended task, and leaves a completed one', () => {
    expect(withdraw({ ...task, status: 'SUSPENDED' }, redrawId, now)?.task.status).toBe('WITHDRAWN')
    expect(withdraw(after(task, first, second()).task, redrawId, now)).toBeUndefined()
  })

  it('DRW-30 keeps a result that was on its way, and the task stays withdrawn', () => {
    const { task: withdrawn } = changeOf(withdraw(after(task, first).task, redrawId, now))
    const late = after(withdrawn, second())
    expect(late.task).toMatchObject({ status: 'WITHDRAWN', results: [{}, {}] })
    expect(late.events).toEqual([])
  })

  it('TGT-01 DRW-25 a task of a draw on clues is targeted supervision, any other daily double-random', () => {
    const clueTask = { taskId: 'clue-task-0123456789abcdef', clueIds: ['clue-1', 'clue-2'], trigger: 'MANY_COMPLAINTS' }
    expect(supervisionModeOf({ clueTask })).toBe('TARGETED')
    expect(supervisionModeOf({})).toBe('DOUBLE_RANDOM')
  })
})
