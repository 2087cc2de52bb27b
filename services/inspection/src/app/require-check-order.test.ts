import type { DrawId, TaskId, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { memory } from '../../tests/support/memory.ts'
import { at, task } from '../../tests/support/records.ts'
import type { Task } from '../domain/task.ts'
import { requireCheckOrder } from './require-check-order.ts'

const second = { ...task, taskId: 't2' as TaskId, checkBatch: 2 } as Task
const first = (members: Partial<Task> = {}) => ({ ...task, checkBatch: 1, ...members }) as Task
const refusal = (of: Task, ...others: readonly Task[]) =>
  requireCheckOrder(memory({ tasks: [of, ...others] }).tasks, of).catch((error: unknown) => error)
const refused = { code: 'earlier-check-batch-open', meta: { taskNumber: task.taskNumber, checkBatch: 2, open: 1 } }

describe('the order of check batches', () => {
  it('DRW-16 keeps a check waiting for the open ones of earlier batches alone', async () => {
    expect(await refusal(second, first())).toMatchObject(refused)
    expect(await refusal(second, first({ checkBatch: 2 }))).toBeUndefined()
    expect(await refusal(first(), second)).toBeUndefined()
  })

  it.each(['COMPLETED', 'WITHDRAWN', 'SUSPENDED'] as const)('DRW-16 waits for none that is %s', async (status) => {
    expect(await refusal(second, first({ status }))).toBeUndefined()
  })

  it('DRW-16 waits for none that nobody was found for: who is not there cannot complete it', async () => {
    const team = { ...task.team, members: [], short: true }
    expect(await refusal(second, first({ team }))).toBeUndefined()
    expect(await refusal(second, first({ team: { ...team, members: task.team.members.slice(0, 1) } }))).toMatchObject(refused)
  })

  it('DRW-16 waits for none of another draw or unit, and for no object that has no check batch, as those of replacements', async () => {
    expect(await refusal(second, first({ drawId: 'd2' as DrawId }))).toBeUndefined()
    expect(await refusal(second, first({ unitId: '230300-xfj' as UnitId }))).toBeUndefined()
    expect(await refusal(second, task)).toBeUndefined()
    expect(await refusal(task, first())).toBeUndefined()
  })

  it('DRW-16 lets a check that has begun go on: its notice was given, or a result entered', async () => {
    expect(await refusal({ ...second, notice: { by: 'zhang.san', at: at('2026-04-08T02:00:00.000Z') } }, first())).toBeUndefined()
    expect(await refusal({ ...second, results: [{ itemCode: 'SCJG-01' }] as never }, first())).toBeUndefined()
  })
})
