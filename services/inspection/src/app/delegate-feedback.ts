import type { Principal } from '@dual-random/auth'
import { addWorkingDays, type WorkingCalendar } from '@dual-random/calendar'
import { type AppError, appError, invalidRequest, violation } from '@dual-random/errors'
import { type Clock, chinaDateOf } from '@dual-random/kernel'
import { isDelegateOf } from '../domain/delegation.ts'
import { askFeedback, type CountFeedbackDue, type FeedbackContent, type FeedbackRefusal, giveFeedback } from '../domain/feedback.ts'
import type { Task } from '../domain/task.ts'
import type { Documents, Policies, Tasks } from './ports.ts'
import { readTask } from './read-tasks.ts'
import { requireTask } from './require-task.ts'

/** What the due date of a feedback is counted by. */
export interface FeedbackDueDependencies {
  readonly tasks: Tasks
  readonly policies: Policies
  readonly calendar: WorkingCalendar
}

export interface FeedbackDependencies extends FeedbackDueDependencies {
  readonly documents: Documents
  readonly clock: Clock
}

/** Of a delegated task that is completed the feedback is missing from now on, due by policy `delegation.feedbackDue` (DRW-12). */
export async function askForFeedback(deps: FeedbackDueDependencies, task: Task): Promise<void> {
  if (task.delegation === undefined || task.completedAt === undefined || task.feedback !== undefined) return
  const dueOf = await dueOfTask(deps, task)
  await deps.tasks.change(task.taskId, (current) => askFeedback(current, dueOf))
}

async function dueOfTask({ policies, calendar }: FeedbackDueDependencies, task: Task): Promise<CountFeedbackDue> {
  const days = (await policies.get(task.policyDigest)).find('delegation.feedbackDue')?.workingDays
  return (completedAt) => (days === undefined ? undefined : addWorkingDays(calendar, chinaDateOf(completedAt), days))
}

/** A document of the delegate, kept under its digest, which the feedback then names. */
export async function keepFeedbackDocument(
  deps: FeedbackDependencies,
  principal: Principal,
  taskId: string,
  bytes: Uint8Array,
): Promise<string> {
  requireDelegate(principal, await requireTask(deps.tasks, taskId))
  if (bytes.length === 0) throw appError('invalid', 'document-empty')
  return deps.documents.put(bytes)
}

/** The written feedback on one delegated check; `isNew` is false where the same was given before. */
export async function giveTaskFeedback(
  deps: FeedbackDependencies,
  principal: Principal,
  taskId: string,
  content: FeedbackContent,
): Promise<{ readonly task: Task; readonly isNew: boolean }> {
  const task = await requireTask(deps.tasks, taskId)
  requireDelegate(principal, task)
  const { digest } = content.document ?? {}
  if (digest !== undefined && !(await deps.documents.has(digest))) {
    throw invalidRequest([violation('/document/digest', 'document-unknown', { digest })])
  }
  const dueOf = await dueOfTask(deps, task)
  const given = { by: principal.subject, at: deps.clock(), dueOf }
  let isNew = false
  const after = await deps.tasks.change(taskId, (current) => {
    const decided = giveFeedback(current, content, given)
    if (!decided.ok) throw refused(current, decided.error)
    isNew = decided.value !== undefined
    return decided.value
  })
  return { task: after ?? task, isNew }
}

/** The document of a feedback, for whoever may see the task. */
export async function readFeedbackDocument(
  { tasks, documents }: FeedbackDependencies,
  principal: Principal,
  taskId: string,
): Promise<Uint8Array> {
  const { feedback } = await readTask(tasks, principal, taskId)
  const digest = feedback?.status === 'GIVEN' ? feedback.document?.digest : undefined
  if (digest === undefined) throw appError('not-found', 'not-found', { meta: { what: 'feedback document', id: taskId } })
  return documents.bytes(digest)
}

function requireDelegate(principal: Principal, task: Task): void {
  if (isDelegateOf(task, principal)) return
  if (task.delegation === undefined && principal.unitId === task.unitId) throw refused(task, { code: 'task-not-delegated' })
  throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: task.delegation?.toUnitId ?? task.unitId } })
}

function refused({ taskNumber }: Task, { code }: FeedbackRefusal): AppError {
  return code === 'feedback-empty'
    ? invalidRequest([violation('/text', code)])
    : appError('failed-precondition', code, { meta: { taskNumber } })
}
