import type { Principal } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type Clock, chinaDateOf } from '@dual-random/kernel'
import type { FollowUp } from '../domain/follow-up.ts'
import type { CheckResult } from '../domain/result.ts'
import { attachExpert, type Expert, type Task } from '../domain/task.ts'
import { isVisible, type Scope, taskGrounds, type Viewer } from '../domain/visibility.ts'
import type { Visit } from '../domain/visit.ts'
import type { FollowUps, Page, Results, TaskQuery, Tasks, Visits } from './ports.ts'
import { requireTask } from './require-task.ts'

export interface TaskReading {
  readonly tasks: Tasks
  readonly results: Results
  readonly followUps: FollowUps
  readonly visits: Visits
  readonly clock: Clock
}

/** A task with what the inspector should know before going (INS-28). */
export interface TaskDetail {
  readonly task: Task
  readonly earlierResults: readonly CheckResult[]
  readonly openFollowUps: readonly FollowUp[]
  readonly linkedTasks: readonly Task[]
}

/** A visit with its tasks; the team of a task only where the viewer may see the task itself. */
export interface VisitDetail {
  readonly visit: Visit
  readonly tasks: readonly { readonly task: Task; readonly teamShown: boolean }[]
}

const shown = 50

export const scopeOfTask = ({ unitId, regionCode, team }: Task): Scope => ({
  unitIds: [unitId],
  regionCode,
  subjects: team.members.map(({ subject }) => subject),
})

export const listMyTasks = ({ tasks }: TaskReading, { subject }: Viewer, status: Task['status'] | undefined, page: Page) =>
  tasks.list({ grounds: [{ kind: 'ASSIGNED', subject }], status }, page)

/** `unavailable`: only open ones of which an inspector is not available any more (REG-35). */
export const listTasks = (
  { tasks, clock }: TaskReading,
  viewer: Viewer,
  { unavailable, ...query }: Omit<TaskQuery, 'grounds' | 'flaggedOn'> & { readonly unavailable: boolean },
  page: Page,
) => tasks.list({ ...query, grounds: taskGrounds(viewer), ...(unavailable ? { flaggedOn: chinaDateOf(clock()) } : {}) }, page)

/** Throws `task-hidden` to whoever may not know of it before the visit (DRW-34, SEC-05). */
export async function readTask(tasks: Tasks, viewer: Viewer, taskId: string): Promise<Task> {
  const task = await requireTask(tasks, taskId)
  if (!isVisible(taskGrounds(viewer), scopeOfTask(task))) throw appError('forbidden', 'task-hidden')
  return task
}

export async function readTaskDetail(deps: TaskReading, viewer: Viewer, taskId: string): Promise<TaskDetail> {
  const task = await readTask(deps.tasks, viewer, taskId)
  const { objectId } = task.object
  const [results, openFollowUps, ofVisit] = await Promise.all([
    deps.results.ofObject(objectId, shown + task.items.length),
    deps.followUps.openOfObject(objectId, shown),
    deps.tasks.ofVisit(task.visitId),
  ])
  return {
    task,
    earlierResults: results.filter((result) => result.taskId !== task.taskId).slice(0, shown),
    openFollowUps,
    linkedTasks: ofVisit.filter((other) => other.taskId !== task.taskId),
  }
}

/** Attaches an expert beside the drawn inspectors (INS-29); the dispatcher of the unit may. */
export async function attachExpertToTask(
  { tasks, clock }: TaskReading,
  principal: Principal,
  taskId: string,
  expert: Expert,
): Promise<Task> {
  const task = await requireTask(tasks, taskId)
  if (principal.unitId !== task.unitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: task.unitId } })
  return (await tasks.change(taskId, (current) => attachExpert(current, expert, principal.subject, clock()))) ?? task
}

/** A visit with all its tasks: for the inspectors of any of them, the dispatchers of its units, a superior's auditor. */
export async function readVisit({ visits, tasks }: TaskReading, viewer: Viewer, visitId: string): Promise<VisitDetail> {
  const visit = await visits.get(visitId)
  if (visit === undefined) throw appError('not-found', 'not-found', { meta: { what: 'visit', id: visitId } })
  const ofVisit = await tasks.ofVisit(visit.visitId)
  const { regionCode, unitIds, ownerUnitId } = visit
  const scope: Scope = {
    regionCode,
    unitIds: [ownerUnitId, ...unitIds],
    subjects: ofVisit.flatMap((task) => scopeOfTask(task).subjects),
  }
  const grounds = taskGrounds(viewer)
  if (!isVisible(grounds, scope)) throw appError('forbidden', 'task-hidden')
  return { visit, tasks: ofVisit.map((task) => ({ task, teamShown: isVisible(grounds, scopeOfTask(task)) })) }
}
