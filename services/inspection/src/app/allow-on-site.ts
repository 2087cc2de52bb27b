import type { Principal } from '@dual-random/auth'
import { type AppError, appError } from '@dual-random/errors'
import { assertNever, type Clock } from '@dual-random/kernel'
import { allowOnSite, cluesStated, type OnSiteRefusal, type OnSiteRequest } from '../domain/on-site.ts'
import type { Task, TaskChange } from '../domain/task.ts'
import { requireOwnClues } from './named-clues.ts'
import type { Peers, Policies, Tasks } from './ports.ts'
import { requireTask } from './require-task.ts'

export interface OnSiteDependencies {
  readonly tasks: Tasks
  readonly policies: Policies
  readonly peers: Pick<Peers, 'clues'>
  readonly clock: Clock
}

/**
 * Records why inspectors go to a member of the white list (TGT-21), and the clues that their check settles (TGT-15); the dispatcher of the unit whose
 * task it is may. Clues that the task names already were judged when it first named them, and may be settled by now.
 */
export async function allowOnSiteCheck(
  { tasks, policies, peers, clock }: OnSiteDependencies,
  { subject, unitId }: Principal,
  taskId: string,
  request: OnSiteRequest,
): Promise<Task> {
  const task = await requireTask(tasks, taskId)
  if (unitId !== task.unitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: task.unitId } })
  const policy = await policies.get(task.policyDigest)
  const act = { by: subject, at: clock() }
  const decide = (current: Task): TaskChange | undefined => {
    const decided = allowOnSite(current, policy, request, act)
    if (!decided.ok) throw refused(current, decided.error)
    return decided.value
  }
  if (decide(task) === undefined) return task
  const stated = cluesStated(task)
  const named = (request.clueIds ?? []).filter((clueId) => !stated.has(clueId))
  await requireOwnClues(peers, named, { regionCode: task.regionCode, objectCode: task.object.code })
  return (await tasks.change(taskId, decide)) ?? task
}

function refused({ taskNumber }: Task, refusal: OnSiteRefusal): AppError {
  switch (refusal.code) {
    case 'on-site-not-restricted':
    case 'on-site-task-ended':
      return appError('failed-precondition', refusal.code, { meta: { taskNumber } })
    case 'on-site-ground-missing':
      return appError('failed-precondition', refusal.code, { meta: { taskNumber, accepts: refusal.accepts } })
    case 'on-site-ground-unknown':
      return appError('invalid', refusal.code, { meta: { ground: refusal.ground, accepts: refusal.accepts } })
    case 'on-site-source-missing':
      return appError('invalid', refusal.code, { meta: { ground: refusal.ground } })
    case 'rule-not-by-default':
      return appError('failed-precondition', refusal.code, { meta: { key: refusal.rule } })
    // A task is restricted by the rule itself, and the route lets no empty reason through.
    case 'rule-unset':
    case 'override-incomplete':
      throw new Error(refusal.message)
    default:
      return assertNever(refusal)
  }
}
