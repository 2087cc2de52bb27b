import type { LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { code, gaj, planLine, scj } from '../../tests/support/lines.ts'
import type { PlanLine } from './plan.ts'
import type { DrawnTask } from './plan-exceptions.ts'
import { type TaskGroup, taskExceptions } from './task-exceptions.ts'

const planned = planLine('L01')
const [batch] = planned.batches
if (batch === undefined) throw new Error('no batch')
const { window } = batch
const [own] = planned.units
if (own === undefined) throw new Error('no unit')
const line: PlanLine = {
  ...planned,
  units: [
    { ...own, itemCodes: [code('G1'), code('G2')] },
    { ...own, unitId: gaj, itemCodes: [code('P1')] },
  ],
}

const draw: DrawnTask = { drawId: 'd1', lineId: 'L01', batch: 1, state: 'DRAWN', drawn: 3 }
const tasks = (members: Partial<TaskGroup> = {}): TaskGroup => ({
  drawId: 'd1',
  unitId: scj,
  itemCodes: ['G1'],
  window,
  unitCount: 2,
  tasks: 3,
  ...members,
})
const both = [tasks(), tasks({ unitId: gaj, itemCodes: ['P1'] })]
const dayAfter = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10) as LocalDate
const later = dayAfter(window.start)
const found = (groups: readonly TaskGroup[], on = later, draws = [draw]) => taskExceptions(line, draws, groups, on)

describe('plan against check tasks', () => {
  it('DQ-03 finds nothing where every drawn object has its tasks as planned', () => {
    expect(found(both)).toEqual([])
    expect(found([tasks({ itemCodes: ['G2'], unitCount: 1, tasks: 3 })])).toEqual([])
  })

  it('DQ-03 PLN-11 counts tasks with another unit, item or time than their batch, and says in what they differ', () => {
    const differing = { lineId: 'L01', code: 'TASKS_DIFFER', batch: 1, drawIds: ['d1'] }
    expect(found([...both, tasks({ itemCodes: ['G1', 'P1'], tasks: 2 })])).toEqual([{ ...differing, tasks: 2, differences: ['ITEMS'] }])
    expect(found([...both, tasks({ unitId: '230300-xfj', tasks: 1 })])).toEqual([{ ...differing, tasks: 1, differences: ['UNIT'] }])
    const moved = tasks({ window: { ...window, end: dayAfter(window.end) }, tasks: 4 })
    expect(found([...both, moved, tasks({ itemCodes: ['P1'], tasks: 1 })])).toEqual([
      { ...differing, tasks: 5, differences: ['ITEMS', 'WINDOW'] },
    ])
  })

  it('DQ-03 reports drawn objects without a task from the day after the window has begun', () => {
    const missing = { lineId: 'L01', code: 'OBJECTS_WITHOUT_TASK', batch: 1, drawIds: ['d1'], drawn: 3 }
    expect(found([], window.start)).toEqual([])
    expect(found([])).toEqual([{ ...missing, tasked: 0 }])
    expect(found([tasks(), tasks({ unitId: gaj, itemCodes: ['P1'], tasks: 2 })])).toEqual([{ ...missing, tasked: 2 }])
    expect(found([tasks({ unitCount: 1, tasks: 1 }), tasks({ unitCount: 2, tasks: 4 })])).toEqual([])
    expect(found([], later, [{ ...draw, state: 'COMMITTED', drawn: 0 }])).toEqual([])
  })

  it('DRW-30 DQ-03 counts neither tasks that were withdrawn nor the objects that left the draw with them', () => {
    const gone = (count: number) => both.map((group) => tasks({ ...group, tasks: count, withdrawn: true }))
    const standing = (count: number) => both.map((group) => tasks({ ...group, tasks: count }))
    expect(found([...standing(2), ...gone(1)])).toEqual([])
    const missing = { lineId: 'L01', code: 'OBJECTS_WITHOUT_TASK', batch: 1, drawIds: ['d1'] }
    expect(found([...standing(1), ...gone(1)])).toEqual([{ ...missing, drawn: 2, tasked: 1 }])
    expect(found([...standing(3), tasks({ unitId: '230300-xfj', withdrawn: true })])).toEqual([])
  })
})
