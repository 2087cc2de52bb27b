import { describe, expect, it } from 'vitest'
import { completeWhenDone, departmentStatus, type JointTask, openJointTask, type Progress, takesPart } from './joint-task.ts'

const tobacco = '230300-ycj'
const post = '230300-yzj'
const police = '230300-gaj'

const draw = { drawId: 'd1', regionCode: '230300', planId: 'p1', lineId: 'L01', drawn: 4, isRedraw: false }
const line = {
  planType: 'JOINT',
  taskName: '涉烟经营活动检查',
  initiatorUnitId: tobacco,
  units: [
    { unitId: tobacco, itemCodes: ['Y1', 'Y2'] },
    { unitId: post, itemCodes: ['Y3'] },
    { unitId: police, itemCodes: ['Y4'] },
  ],
  cities: [],
} as const

const opened = (drawn = 4): JointTask => {
  const task = openJointTask({ ...draw, drawn }, line)
  if (!task.ok) throw new Error(task.error.code)
  return task.value
}
/** Completed of the tasks of each department, and the tasks by how many their object has; four objects with three each where not told. */
const progress = (
  completed: readonly number[],
  tasks: readonly number[] = [4, 4, 4],
  bySize: readonly (readonly [number, number])[] = [[3, 12]],
): Progress => ({
  departments: new Map(
    [tobacco, post, police].map((unitId, index) => [unitId, { completed: completed[index] ?? 0, tasks: tasks[index] ?? 0 }]),
  ),
  bySize: new Map(bySize),
})
const nothing: Progress = { departments: new Map(), bySize: new Map() }

describe('joint task', () => {
  it('DRW-25 JNT-11 of a targeted draw names its task on clues in the place of plan and line', () => {
    const clueTask = { taskId: 'clue-task-1', clueIds: ['clue-1', 'clue-2'] }
    const task = openJointTask({ drawId: 'd1', regionCode: '230300', drawn: 4, isRedraw: false, clueTask }, line)
    expect(task).toMatchObject({ ok: true, value: { clueTask, drawId: 'd1', objectCount: 4 } })
    expect(task.ok && Object.keys(task.value)).not.toContain('planId')
  })

  it('JNT-11 has one initiator, its participants with their items, and one drawn list', () => {
    expect(opened()).toEqual({
      jointTaskId: 'jt-d1',
      regionCode: '230300',
      drawId: 'd1',
      planId: 'p1',
      lineId: 'L01',
      taskName: '涉烟经营活动检查',
      initiatorUnitId: tobacco,
      participants: line.units,
      objectCount: 4,
      status: 'OPEN',
    })
  })

  it('DRW-26 DRW-30 JNT-11 of a redraw after a draw of several cities is of the units of its own city, and named by its initiator', () => {
    const theirs = ['230400-ycj', '230400-gaj']
    const cities = [{ regionCode: '230400', initiatorUnitId: '230400-ycj', unitIds: theirs }]
    const together = { ...line, units: [...line.units, ...theirs.map((unitId) => ({ unitId, itemCodes: ['Y1'] }))], cities }
    const unitsOf = (change: object) => {
      const task = openJointTask({ ...draw, ...change }, together)
      return task.ok && [task.value.initiatorUnitId, ...task.value.participants.map(({ unitId }) => unitId)]
    }
    const own = [tobacco, post, police]
    expect(unitsOf({ isRedraw: true, regionCode: '230400' })).toEqual([theirs[0], ...theirs])
    expect(unitsOf({ isRedraw: true })).toEqual([tobacco, ...own])
    expect(unitsOf({})).toEqual([tobacco, ...own, ...theirs])
  })

  it('DRW-30 JNT-11 of a redraw after a draw of one city has all its units', () => {
    expect(openJointTask({ ...draw, isRedraw: true }, line)).toMatchObject({
      value: { initiatorUnitId: tobacco, participants: line.units },
    })
  })

  it('JNT-11 is not opened for an internal line, nor without its initiator', () => {
    expect(openJointTask(draw, { ...line, planType: 'INTERNAL' })).toEqual({ ok: false, error: { code: 'not-a-joint-line' } })
    expect(openJointTask(draw, { ...line, initiatorUnitId: '230300-scj' })).toEqual({
      ok: false,
      error: { code: 'initiator-takes-no-part', unitId: '230300-scj' },
    })
  })

  it('JNT-11 has a status per department: done with the check task of the last drawn object', () => {
    expect(departmentStatus(opened(), progress([0]), tobacco)).toBe('OPEN')
    expect(departmentStatus(opened(), progress([3]), tobacco)).toBe('OPEN')
    expect(departmentStatus(opened(), progress([4]), tobacco)).toBe('COMPLETED')
    expect(departmentStatus(opened(), progress([4]), post)).toBe('OPEN')
  })

  it('JNT-11 completes with the last department’s last task, once', () => {
    expect(completeWhenDone(opened(), progress([4, 4, 3]))).toBeUndefined()
    const done = completeWhenDone(opened(), progress([4, 4, 4]))
    expect(done).toEqual({ ...opened(), status: 'COMPLETED' })
    expect(done && completeWhenDone(done, progress([4, 4, 4]))).toBeUndefined()
  })

  it('JNT-11 does not complete by what one department does more, or a department that takes no part', () => {
    expect(completeWhenDone(opened(), progress([5, 4, 3]))).toBeUndefined()
    const { departments, bySize } = progress([4, 4, 3])
    const withStranger = new Map([...departments, ['230300-scj', { tasks: 1, completed: 1 }] as const])
    expect(completeWhenDone(opened(), { departments: withStranger, bySize })).toBeUndefined()
    expect(completeWhenDone(opened(), nothing)).toBeUndefined()
  })

  it('REG-28 counts the tasks that there will be: a department has none at an object that no item of its applies to', () => {
    // Two objects for all three, one for tobacco alone, one for tobacco and the post; the police have two.
    const tasks = [4, 3, 2]
    const sizes = [
      [3, 6],
      [2, 2],
      [1, 1],
    ] as const
    expect(departmentStatus(opened(), progress([4, 3, 1], tasks, sizes), police)).toBe('OPEN')
    expect(departmentStatus(opened(), progress([4, 3, 2], tasks, sizes), police)).toBe('COMPLETED')
    expect(completeWhenDone(opened(), progress([4, 3, 1], tasks, sizes))).toBeUndefined()
    expect(completeWhenDone(opened(), progress([4, 3, 2], tasks, sizes))?.status).toBe('COMPLETED')
    // A department that no drawn object concerns has nothing to wait for.
    expect(completeWhenDone(opened(), progress([4, 4, 0], [4, 4, 0], [[2, 8]]))?.status).toBe('COMPLETED')
  })

  it('REG-28 does not take the tasks heard of so far for all there are', () => {
    expect(completeWhenDone(opened(), progress([4, 4, 3], [4, 4, 3], [[3, 11]]))).toBeUndefined()
    expect(departmentStatus(opened(), progress([4, 4, 3], [4, 4, 3], [[3, 11]]), police)).toBe('OPEN')
    expect(completeWhenDone(opened(), progress([3, 0, 0], [3, 0, 0], [[1, 3]]))).toBeUndefined()
    expect(completeWhenDone(opened(), progress([4, 0, 0], [4, 0, 0], [[1, 4]]))?.status).toBe('COMPLETED')
  })

  it('JNT-11 has nothing to wait for when nothing was drawn', () => {
    expect(completeWhenDone(opened(0), nothing)?.status).toBe('COMPLETED')
    expect(completeWhenDone(opened(1), nothing)).toBeUndefined()
  })

  it('SEC-02 knows who takes part: initiator and participants, nobody else', () => {
    expect([tobacco, post, police].map((unitId) => takesPart(opened(), unitId))).toEqual([true, true, true])
    expect(['230300-scj', '230300', ''].map((unitId) => takesPart(opened(), unitId))).toEqual([false, false, false])
  })
})
