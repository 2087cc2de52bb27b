import { appError } from '@dual-random/errors'
import { hasBegun, type Task } from '../domain/task.ts'
import type { Tasks } from './ports.ts'

/**
 * Refuses to begin a check while a task of an earlier check batch of the same draw and unit is open (DRW-16): one that is completed, withdrawn or
 * suspended, or that has nobody who could complete it, keeps nobody waiting. A check that has begun goes on, whatever becomes of an earlier task meanwhile.
 */
export async function requireCheckOrder(tasks: Pick<Tasks, 'openBefore'>, task: Task): Promise<void> {
  const { drawId, unitId, checkBatch, taskNumber } = task
  if (drawId === undefined || checkBatch === undefined || hasBegun(task)) return
  const open = await tasks.openBefore({ drawId, unitId, checkBatch })
  if (open > 0) throw appError('failed-precondition', 'earlier-check-batch-open', { meta: { taskNumber, checkBatch, open } })
}
