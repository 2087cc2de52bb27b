import { describe, expect, it } from 'vitest'
import { completeWhenDone, departmentStatus, type JointTask, openJointTask, takesPart } from './joint-task.ts'

const tobacco = '230300-ycj'
const post = '230300-yzj'
const police = '230300-gaj'

const draw = { drawId: 'd1', regionCode: '230300', planId: 'p1', lineId: 'L01', drawn: 4 }
const line = {
  planType: 'JOINT',
  taskName: '涉烟经营活动检查',
  initiatorUnitId: tobacco,
  units: [
    { unitId: tobacco, itemCodes: ['Y1', 'Y2'] },
    { unitId: post, itemCodes: ['Y3'] },
    { unitId: police, itemCodes: ['Y4'] },
  ],
} as const

const opened = (drawn = 4): JointTask => {
  const task = openJointTask({ ...draw, drawn }, line)
  if (!task.ok) throw new Error(task.error.code)
  return task.value
}
const progress = (ofTobacco: number, ofPost: number, ofPolice: number) =>
  new Map([
    [tobacco, ofTobacco],
    [post, ofPost],
    [police, ofPolice],
  ])

describe('joint task', () => {
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

  it('JNT-11 is not opened for an internal line, nor without its initiator', () => {
    expect(openJointTask(draw, { ...line, planType: 'INTERNAL' })).toEqual({ ok: false, error: { code: 'not-a-joint-line' } })
    expect(openJointTask(draw, { ...line, initiatorUnitId: '230300-scj' })).toEqual({
      ok: false,
      error: { code: 'initiator-takes-no-part', unitId: '230300-scj' },
    })
  })

  it('JNT-11 has a status per department: done with the check task of the last drawn object', () => {
    expect(departmentStatus(opened(), 0)).toBe('OPEN')
    expect(departmentStatus(opened(), 3)).toBe('OPEN')
    expect(departmentStatus(opened(), 4)).toBe('COMPLETED')
  })

  it('JNT-11 completes with the last department’s last task, once', () => {
    expect(completeWhenDone(opened(), progress(4, 4, 3))).toBeUndefined()
    const done = completeWhenDone(opened(), progress(4, 4, 4))
    expect(done).toEqual({ ...opened(), status: 'COMPLETED' })
    expect(done && completeWhenDone(done, progress(4, 4, 4))).toBeUndefined()
  })

  it('JNT-11 does not complete by what one department does more, or a department that takes no part', () => {
    expect(completeWhenDone(opened(), progress(5, 4, 3))).toBeUndefined()
    expect(completeWhenDone(opened(), new Map([...progress(4, 4, 3), ['230300-scj', 1]]))).toBeUndefined()
    expect(completeWhenDone(opened(), new Map())).toBeUndefined()
  })

  it('JNT-11 has nothing to wait for when nothing was drawn', () => {
    expect(completeWhenDone(opened(0), new Map())?.status).toBe('COMPLETED')
    expect(completeWhenDone(opened(1), new Map())).toBeUndefined()
  })

  it('SEC-02 knows who takes part: initiator and participants, nobody else', () => {
    expect([tobacco, post, police].map((unitId) => takesPart(opened(), unitId))).toEqual([true, true, true])
    expect(['230300-scj', '230300', ''].map((unitId) => takesPart(opened(), unitId))).toEqual([false, false, false])
  })
})
