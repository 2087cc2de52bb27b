import { describe, expect, it } from 'vitest'
import { completeWhenDone, expectedTasks, openJointTask } from './joint-task.ts'

const draw = { drawId: 'd1', regionCode: '230300', planId: 'p1', lineId: 'L01', drawn: 4 }
const line = {
  planType: 'JOINT',
  taskName: '涉烟经营活动检查',
  initiatorUnitId: '230300-ycj',
  units: [
    { unitId: '230300-ycj', itemCodes: ['Y1'] },
    { unitId: '230300-yzj', itemCodes: ['Y2'] },
    { unitId: '230300-gaj', itemCodes: ['Y3'] },
  ],
} as const

const opened = () => {
  const task = openJointTask(draw, line)
  if (!task.ok) throw new Error(task.error.code)
  return task.value
}

describe('joint task', () => {
  it('JNT-11 has one initiator, its participants with their items, and one drawn list', () => {
    expect(opened()).toMatchObject({
      jointTaskId: 'jt-d1',
      initiatorUnitId: '230300-ycj',
      participants: [{ unitId: '230300-ycj' }, { unitId: '230300-yzj' }, { unitId: '230300-gaj' }],
      objectCount: 4,
      status: 'OPEN',
    })
    expect(expectedTasks(opened())).toBe(12)
  })

  it('JNT-11 is not opened for an internal line, nor without its initiator', () => {
    expect(openJointTask(draw, { ...line, planType: 'INTERNAL' })).toEqual({ ok: false, error: { code: 'not-a-joint-line' } })
    expect(openJointTask(draw, { ...line, initiatorUnitId: '230300-scj' }).ok).toBe(false)
  })

  it('JNT-11 completes with the last department’s last task, once', () => {
    expect(completeWhenDone(opened(), 11)).toBeUndefined()
    const done = completeWhenDone(opened(), 12)
    expect(done?.status).toBe('COMPLETED')
    expect(done && completeWhenDone(done, 12)).toBeUndefined()
  })
})
