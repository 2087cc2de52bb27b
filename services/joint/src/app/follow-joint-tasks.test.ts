import { describe, expect, it } from 'vitest'
import type { JointTask } from '../domain/joint-task.ts'
import { followCompletedTask, followMatchedDraw, type JointTaskPorts } from './follow-joint-tasks.ts'

const draw = { drawId: 'd1', regionCode: '230300', planId: 'p1', lineId: 'L01', drawn: 1, isRedraw: false }
const units = ['230300-ycj', '230300-yzj']

/** Ports in memory; `told` are the events that a store would have written. */
function world() {
  const tasks = new Map<string, JointTask>()
  const completed = new Map(units.map((unitId) => [`t-${unitId}`, { unitId, done: false }]))
  const told: string[] = []
  const ports: JointTaskPorts = {
    findLine: async () => ({
      planType: 'JOINT',
      taskName: '涉烟经营活动检查',
      initiatorUnitId: '230300-ycj',
      units: units.map((unitId) => ({ unitId, itemCodes: ['Y1'] })),
      cities: [],
    }),
    jointTasks: {
      open: async (task) => {
        if (tasks.has(task.jointTaskId)) return
        tasks.set(task.jointTaskId, task)
        told.push('opened')
      },
      complete: async (jointTaskId, decide) => {
        const task = tasks.get(jointTaskId)
        const next = task && (await decide(task))
        if (next === undefined) return
        tasks.set(jointTaskId, next)
        told.push('completed')
      },
    },
    departmentTasks: {
      add: async () => undefined,
      markCompleted: async (taskId) => {
        const task = completed.get(taskId)
        if (task === undefined) return undefined
        task.done = true
        return draw.drawId
      },
      countOfUnit: async () => 1,
      countOfSize: async (_drawId, size) => (size === units.length ? units.length : 0),
      countCompleted: async (_drawId, unitId) => [...completed.values()].filter((task) => task.done && task.unitId === unitId).length,
    },
  }
  return { ports, told }
}

describe('a draw and its check tasks, on two topics', () => {
  it('JNT-11 completes once where the last task is completed while the draw’s joint task is being opened', async () => {
    const { ports, told } = world()
    await followCompletedTask(ports, 't-230300-ycj')
    const slow: JointTaskPorts = {
      ...ports,
      jointTasks: {
        ...ports.jointTasks,
        open: async (task) => {
          await followCompletedTask(ports, 't-230300-yzj')
          await ports.jointTasks.open(task)
        },
      },
    }
    await followMatchedDraw(slow, draw)
    expect(told).toEqual(['opened', 'completed'])
  })

  it('JNT-11 completes once where the draw is matched while the last task is being marked', async () => {
    const { ports, told } = world()
    await followCompletedTask(ports, 't-230300-ycj')
    const slow: JointTaskPorts = {
      ...ports,
      departmentTasks: {
        ...ports.departmentTasks,
        markCompleted: async (taskId) => {
          await followMatchedDraw(ports, draw)
          return await ports.departmentTasks.markCompleted(taskId)
        },
      },
    }
    await followCompletedTask(slow, 't-230300-yzj')
    expect(told).toEqual(['opened', 'completed'])
  })

  it('JNT-11 goes on after a crash between opening and completing, and between marking and completing', async () => {
    const crash = async () => {
      throw new Error('killed')
    }
    const afterOpening = world()
    for (const unitId of units) await followCompletedTask(afterOpening.ports, `t-${unitId}`)
    const killed = (ports: JointTaskPorts): JointTaskPorts => ({ ...ports, jointTasks: { ...ports.jointTasks, complete: crash } })
    await expect(followMatchedDraw(killed(afterOpening.ports), draw)).rejects.toThrow('killed')
    await followMatchedDraw(afterOpening.ports, draw)
    expect(afterOpening.told).toEqual(['opened', 'completed'])

    const afterMarking = world()
    await followMatchedDraw(afterMarking.ports, draw)
    await followCompletedTask(afterMarking.ports, 't-230300-ycj')
    await expect(followCompletedTask(killed(afterMarking.ports), 't-230300-yzj')).rejects.toThrow('killed')
    await followCompletedTask(afterMarking.ports, 't-230300-yzj')
    expect(afterMarking.told).toEqual(['opened', 'completed'])
  })

  it('JNT-11 opens nothing for an internal line, and refuses a line whose initiator takes no part', async () => {
    const { ports, told } = world()
    const line = await ports.findLine({ planId: 'p1', lineId: 'L01' })
    await followMatchedDraw({ ...ports, findLine: async () => ({ ...line, planType: 'INTERNAL' }) }, draw)
    const strange = followMatchedDraw({ ...ports, findLine: async () => ({ ...line, initiatorUnitId: '230300-scj' }) }, draw)
    await expect(strange).rejects.toMatchObject({ code: 'initiator-takes-no-part' })
    expect(told).toEqual([])
  })
})
