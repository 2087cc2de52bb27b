import type { Principal } from '@dual-random/auth'
import { appError, invalidRequest, type Violation, violation } from '@dual-random/errors'
import type { Clock } from '@dual-random/kernel'
import { type EntryRefusal, judgeEntry } from '../domain/judge-entry.ts'
import type { CheckResult, ResultEntry } from '../domain/result.ts'
import { attachResult, type EnteredResult, isAssigned, remainingItems, type Task } from '../domain/task.ts'
import { beginCheck, leaderNotDesignated, waitsForLeader } from './designate-leader.ts'
import type { Policies, Results, Tasks } from './ports.ts'
import { requireCheckOrder } from './require-check-order.ts'
import { requireTask } from './require-task.ts'

export interface EntryDependencies {
  readonly tasks: Tasks
  readonly results: Results
  readonly policies: Policies
  readonly clock: Clock
}

export interface Entered {
  readonly result: CheckResult
  /** False where the same content was entered before. */
  readonly isNew: boolean
  readonly taskStatus: Task['status']
  readonly remainingItemCodes: readonly string[]
}

/**
 * Records the result of one item by an assigned inspector (INS-05, INS-06). The result comes first, then the task: what a crash leaves
 * between them is made good when the result's own event arrives.
 */
export async function enterResult(deps: EntryDependencies, principal: Principal, taskId: string, entry: ResultEntry): Promise<Entered> {
  const task = await requireTask(deps.tasks, taskId)
  if (!isAssigned(task, principal.subject)) {
    throw appError('forbidden', 'inspector-not-assigned', { meta: { taskNumber: task.taskNumber } })
  }
  // A repeated entry is judged as of the first one: what was accepted then is accepted again, however late it comes.
  const known = task.results.find(({ itemCode }) => itemCode === entry.itemCode)
  if (known === undefined && task.status === 'SUSPENDED') throw suspended(task)
  if (known === undefined && task.status === 'WITHDRAWN') throw withdrawn(task)
  await requireCheckOrder(deps.tasks, task)
  if (known === undefined && (await waitsForLeader(deps.tasks, task))) throw leaderNotDesignated(task)
  const policy = await deps.policies.get(task.policyDigest)
  const judged = judgeEntry(entry, { policy, task, by: principal.subject, now: known?.enteredAt ?? deps.clock() })
  if (!judged.ok) throw known === undefined ? refused(judged.error) : enteredBefore(task, entry)

  await beginCheck(deps.tasks, task)
  const before = await deps.results.record(judged.value)
  if (before !== undefined && before.contentDigest !== judged.value.contentDigest) throw enteredBefore(task, entry)
  const result = before ?? judged.value
  const after = (await deps.tasks.change(task.taskId, (current) => attachResult(current, enteredOf(result)))) ?? task
  return { result, isNew: before === undefined, taskStatus: after.status, remainingItemCodes: remainingItems(after) }
}

const suspended = ({ taskNumber }: Task) => appError('failed-precondition', 'task-suspended', { meta: { taskNumber } })

const withdrawn = ({ taskNumber }: Task) => appError('failed-precondition', 'task-withdrawn', { meta: { taskNumber } })

const enteredBefore = ({ taskNumber }: Task, { itemCode }: ResultEntry) =>
  appError('already-exists', 'result-already-entered', { meta: { taskNumber, itemCode } })

/** The result as its task knows it. */
export const enteredOf = ({ itemCode, resultId, resultType, subValue, checkedAt, enteredAt, enteredBy }: CheckResult): EnteredResult => ({
  itemCode,
  resultId,
  resultType,
  ...(subValue === undefined ? {} : { subValue }),
  checkedAt,
  enteredAt,
  enteredBy,
})

function refused(refusal: EntryRefusal): Error {
  if (refusal.code === 'policy-unset') {
    return appError('failed-precondition', 'policy-unset', { meta: { key: refusal.key, preset: refusal.preset } })
  }
  return invalidRequest(refusal.problems.map(({ pointer, code, meta }): Violation => violation(pointer, code, meta)))
}
