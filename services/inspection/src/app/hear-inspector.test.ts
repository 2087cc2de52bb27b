import type { InspectorId, TaskId, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { memory } from '../../tests/support/memory.ts'
import { at, day, newTask } from '../../tests/support/records.ts'
import type { Availability } from '../domain/availability.ts'
import { dispatchTask, type Task } from '../domain/task.ts'
import { catchUp, hearInspector, membersOf } from './hear-inspector.ts'

const taskOf = (number: number): Task =>
  dispatchTask({ ...newTask, taskId: `t${String(number).padStart(3, '0')}` as TaskId }, at('2026-04-01T02:00:00.000Z'), 1).task
const retired: Availability = {
  inspectorId: 'i1' as InspectorId,
  unitId: '230300-scj' as UnitId,
  heardOn: day('2026-04-10'),
  unavailableFrom: day('2026-04-20'),
  unavailableReason: 'RETIRED',
}
const isFlagged = ({ team }: Task): boolean => team.members[0]?.unavailable?.reason === 'RETIRED'

describe('REG-35 what is heard of an inspector', () => {
  it('REG-35 reaches every open task, however many there are', async () => {
    const all = Array.from({ length: 401 }, (_, index) => taskOf(index))
    const world = memory({ tasks: all })
    await hearInspector(world, retired)
    const now = await Promise.all(all.map(({ taskId }) => world.tasks.get(taskId)))
    expect(now.filter((task) => task !== undefined && isFlagged(task))).toHaveLength(401)
  })

  it('REG-35 reaches tasks that were being dispatched when it was heard', async () => {
    const world = memory({})
    const dispatched = [taskOf(1), taskOf(2)]
    const before = await world.availabilities.getMany([...membersOf(dispatched)])
    await hearInspector(world, retired)
    await world.tasks.dispatch(dispatched.map((task) => ({ task, events: [] })))
    await catchUp(world, dispatched, before)
    const now = await Promise.all(dispatched.map(({ taskId }) => world.tasks.get(taskId)))
    expect(now.map((task) => task !== undefined && isFlagged(task))).toEqual([true, true])
  })
})
