import type { Principal } from '@dual-random/auth'
import { type AppError, appError, invalidRequest, violation } from '@dual-random/errors'
import { assertNever, type Clock, type TaskId } from '@dual-random/kernel'
import {
  candidatesOf,
  checkBegins,
  type Designated,
  type DesignationRefusal,
  designateLeader,
  type Leading,
  lacksLeader,
  leaderOf,
  ledBy,
  tasksOfCheck,
} from '../domain/leader.ts'
import type { Task, TeamMember } from '../domain/task.ts'
import type { Tasks } from './ports.ts'
import { requireTask } from './require-task.ts'

export interface LeaderDependencies {
  readonly tasks: Tasks
  readonly clock: Clock
}

/** The leader of a joint check, with those of whom one may be designated. */
export interface Leadership {
  readonly from: Leading['from']
  readonly candidates: readonly TeamMember[]
  readonly designated?: Designated
}

/** For a clerk of the initiating unit, who alone sees the inspectors of the other units here: policy has it choose among them (DRW-23, DRW-34). */
export async function readLeader({ tasks }: LeaderDependencies, principal: Principal, taskId: string): Promise<Leadership> {
  const { task, leading } = await requireOrganised(tasks, principal, taskId)
  return leadershipOf(leading, await ofCheck(tasks, task))
}

/**
 * Designates the leader of the joint check that a task is of. The first task of the check decides between two who designate at once, and whether the check
 * has begun, the others follow it; the same again finishes what was cut off.
 */
export async function designate(
  { tasks, clock }: LeaderDependencies,
  principal: Principal,
  taskId: string,
  inspectorId: string,
): Promise<Leadership> {
  const { task, leading } = await requireOrganised(tasks, principal, taskId)
  const [firstId = task.taskId, ...otherIds] = tasksOfCheck(task)
  const others = await found(tasks, otherIds)
  const act = { by: principal.subject, at: clock() }
  let designated: Designated | undefined
  await tasks.change(firstId, (first) => {
    const decided = designateLeader([first, ...others], inspectorId, act)
    if (!decided.ok) throw refused(task, inspectorId, decided.error)
    designated = decided.value
    return ledBy(first, decided.value)
  })
  const settled = designated
  if (settled === undefined) throw appError('not-found', 'not-found', { meta: { what: 'task', id: firstId } })
  await tasks.changeMany(otherIds, (other) => ledBy(other, settled))
  return leadershipOf(leading, await ofCheck(tasks, task))
}

/** Whether a task waits for the leader of its joint check: nobody goes before there is one. */
export const waitsForLeader = async (tasks: Tasks, task: Task): Promise<boolean> => lacksLeader(await ofCheck(tasks, task))

/**
 * Before the notice or a result of a task of a joint check is on record: its first task, where designations are decided, learns that the check begins. Whichever
 * comes first there counts, so nobody is designated for a check that goes on already.
 */
export async function beginCheck(tasks: Tasks, task: Task): Promise<void> {
  const [firstId] = tasksOfCheck(task)
  if (firstId !== undefined && firstId !== task.taskId) await tasks.change(firstId, checkBegins)
}

export const leaderNotDesignated = ({ taskNumber }: Task): AppError =>
  appError('failed-precondition', 'leader-not-designated', { meta: { taskNumber } })

async function requireOrganised(
  tasks: Tasks,
  { unitId }: Principal,
  taskId: string,
): Promise<{ readonly task: Task; readonly leading: Leading }> {
  const task = await requireTask(tasks, taskId)
  const { organiserUnitId, taskNumber, leading } = task
  if (unitId !== organiserUnitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: organiserUnitId } })
  if (leading === undefined) throw appError('failed-precondition', 'leader-by-ticket', { meta: { taskNumber } })
  return { task, leading }
}

const ofCheck = (tasks: Tasks, task: Task): Promise<readonly Task[]> => found(tasks, tasksOfCheck(task))

/** A fan-out that goes on has not made all of them. */
async function found(tasks: Tasks, taskIds: readonly TaskId[]): Promise<readonly Task[]> {
  const all = await Promise.all(taskIds.map((taskId) => tasks.get(taskId)))
  return all.filter((task) => task !== undefined)
}

function leadershipOf({ from }: Leading, tasks: readonly Task[]): Leadership {
  const designated = leaderOf(tasks)
  return { from, candidates: candidatesOf(tasks), ...(designated === undefined ? {} : { designated }) }
}

function refused({ taskNumber }: Task, inspectorId: string, { code }: DesignationRefusal): AppError {
  switch (code) {
    case 'leader-not-drawn':
      return invalidRequest([violation('/inspectorId', code, { inspectorId })])
    case 'leader-check-begun':
    case 'team-settled':
      return appError('failed-precondition', code, { meta: { taskNumber } })
    default:
      return assertNever(code)
  }
}
