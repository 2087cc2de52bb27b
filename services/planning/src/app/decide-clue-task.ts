import { requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type ClueTask, type ClueTaskCommand, clueTaskLineId, decideClueTask } from '../domain/clue-task.ts'
import { assignMergeWindows, mergeWindowIdsOf } from '../domain/merge-windows.ts'
import { clueTaskFailure, noSuchClueTask } from './clue-failures.ts'
import { orThrow } from './failures.ts'
import type { Caller, Ports } from './ports.ts'
import { letGo, takeClues } from './propose-clue-task.ts'

/** A task on clues that the caller may read: of the caller's region or below. */
export async function readableClueTask({ clueTasks }: Pick<Ports, 'clueTasks'>, taskId: string, { principal }: Caller): Promise<ClueTask> {
  const task = await clueTasks.load(taskId)
  if (task === undefined) throw noSuchClueTask(taskId)
  requireRegion(principal, task.regionCode)
  return task
}

/** Accepts a task on clues: it has its merge window and its digest, and stands as it is from here on. */
export async function acceptClueTask(ports: Ports, taskId: string, caller: Caller): Promise<ClueTask> {
  const task = await ownClueTask(ports, taskId, caller)
  if (task.status !== 'PROPOSED') return decide(ports, taskId, { type: 'accept', mergeWindowId: '', act: actOf(ports, caller) })
  // A proposal that was cut off has not taken all of them.
  await takeClues(ports, task, caller)
  const lines = [{ lineId: clueTaskLineId, batches: task.terms.batches }]
  const windows = await ports.mergeWindows.change(task.regionCode, task.year, (current) => assignMergeWindows(current, taskId, lines))
  const [mergeWindowId] = [...mergeWindowIdsOf(windows, taskId).values()]
  if (mergeWindowId === undefined) throw new Error(`${taskId} was given no merge window`)
  return decide(ports, taskId, { type: 'accept', mergeWindowId, act: actOf(ports, caller) })
}

/** Withdraws a task on clues that no committed draw is for; its clues wait again. */
export async function withdrawClueTask(ports: Ports, taskId: string, reason: string, caller: Caller): Promise<ClueTask> {
  await ownClueTask(ports, taskId, caller)
  const draws = await ports.draws.ofClueTask(taskId)
  const hasDraw = draws.some(({ state }) => state !== 'FROZEN' && state !== 'VOID')
  const task = await decide(ports, taskId, { type: 'withdraw', reason, hasDraw, act: actOf(ports, caller) })
  await letGo(ports, taskId, task.clueIds)
  return task
}

/** The task on clues that a draw is asked for: accepted, so that there is nothing to hide from any caller. */
export async function acceptedClueTask(
  { clueTasks }: Pick<Ports, 'clueTasks'>,
  taskId: string,
): Promise<Extract<ClueTask, { readonly status: 'ACCEPTED' }>> {
  const task = await clueTasks.load(taskId)
  if (task === undefined) throw noSuchClueTask(taskId)
  if (task.status === 'ACCEPTED') return task
  const code = task.status === 'WITHDRAWN' ? 'clue-task-withdrawn' : 'clue-task-not-accepted'
  throw appError('failed-precondition', code, { meta: { taskId } })
}

const actOf = ({ clock }: Ports, { principal }: Caller) => ({ by: principal.subject, at: clock() })

async function ownClueTask(ports: Ports, taskId: string, caller: Caller): Promise<ClueTask> {
  const task = await readableClueTask(ports, taskId, caller)
  requireUnit(caller.principal, task.unitId)
  return task
}

const decide = ({ clueTasks }: Ports, taskId: string, command: ClueTaskCommand): Promise<ClueTask> =>
  clueTasks.change(taskId, (task) => {
    if (task === undefined) throw noSuchClueTask(taskId)
    return orThrow(decideClueTask(task, command), clueTaskFailure(taskId))
  })
