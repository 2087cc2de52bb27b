import type { Principal } from '@dual-random/auth'
import { type AppError, appError } from '@dual-random/errors'
import { assertNever, type Clock } from '@dual-random/kernel'
import { giveNotice, type NoticeRefusal, openedBy } from '../domain/notice.ts'
import { isAssigned, type Task } from '../domain/task.ts'
import type { Viewer } from '../domain/visibility.ts'
import { beginCheck, leaderNotDesignated, waitsForLeader } from './designate-leader.ts'
import type { ObjectOpenings, Tasks } from './ports.ts'
import { readTask } from './read-tasks.ts'
import { requireCheckOrder } from './require-check-order.ts'
import { requireTask } from './require-task.ts'

export interface NoticeDependencies {
  readonly tasks: Tasks
  readonly objectOpenings: ObjectOpenings
  readonly clock: Clock
}

/** Records that an inspector of the team handed the notice of the check to the object. */
export async function handOverNotice({ tasks, clock }: NoticeDependencies, { subject }: Principal, taskId: string): Promise<Task> {
  const task = await requireTask(tasks, taskId)
  if (isAssigned(task, subject)) await requireCheckOrder(tasks, task)
  const isLeaderless = await waitsForLeader(tasks, task)
  const notice = { by: subject, at: clock() }
  const possible = giveNotice(task, notice)
  if (isAssigned(task, subject) && !isLeaderless && possible.ok && possible.value !== undefined) await beginCheck(tasks, task)
  const after = await tasks.change(taskId, (current) => {
    if (!isAssigned(current, subject)) throw appError('forbidden', 'inspector-not-assigned', { meta: { taskNumber: current.taskNumber } })
    const given = giveNotice(current, notice)
    if (!given.ok) throw refused(current, given.error)
    if (given.value !== undefined && isLeaderless) throw leaderNotDesignated(current)
    return given.value
  })
  return after ?? (await requireTask(tasks, taskId))
}

/** The object's own opening, for its notice alone: registry is asked only once the notice is on record, and nothing of the answer is kept here. */
export async function readNoticeOpening({ tasks, objectOpenings }: NoticeDependencies, viewer: Viewer, taskId: string): Promise<string> {
  const task = await readTask(tasks, viewer, taskId)
  const opened = openedBy(task)
  if (opened !== undefined) return objectOpenings.of(opened)
  const code = task.opening === undefined ? 'notice-not-given' : 'notice-without-draw'
  throw appError('failed-precondition', code, { meta: { taskNumber: task.taskNumber } })
}

function refused({ taskNumber }: Task, refusal: NoticeRefusal): AppError {
  switch (refusal.code) {
    case 'notice-before-window':
      return appError('failed-precondition', refusal.code, { meta: { taskNumber, start: refusal.start } })
    case 'notice-without-draw':
    case 'task-suspended':
    case 'task-withdrawn':
      return appError('failed-precondition', refusal.code, { meta: { taskNumber } })
    default:
      return assertNever(refusal)
  }
}
