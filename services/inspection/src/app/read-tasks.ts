import { appError } from '@dual-random/errors'
import { type Clock, chinaDateOf } from '@dual-random/kernel'
import { isDelegateOf } from '../domain/delegation.ts'
import type { FollowUp } from '../domain/follow-up.ts'
import type { CheckResult } from '../domain/result.ts'
import { type EarlierTeam, isAssigned, type Task } from '../domain/task.ts'
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
  /** Absent for an inspector of the present team: it would tell who was replaced (DRW-34). */
  readonly earlierTeams?: readonly EarlierTeam[]
}

/** A visit with its tasks; the team of a task only where the viewer may see the task itself. */
export interface VisitDetail {
  readonly visit: Visit
  readonly tasks: readonly { readonly task: Task; readonly teamShown: boolean }[]
}

const shown = 50

export const scopeOfTask = ({ unitId, delegation, regionCode, team }: Task): Scope => ({
  unitIds: [unitId],
  ...(delegation === undefined ? {} : { delegateUnitId: delegation.toUnitId }),
  regionCode,
  subjects: team.members.map(({ subject }) => subject),
})

export const listMyTasks = ({ tasks }: TaskReading, { subject }: Viewer, status: Task['status'] | undefined, page: Page) =>
  tasks.list({ grounds: [{ kind: 'ASSIGNED', subject }], status }, page)

export type FeedbackState = 'MISSING' | 'OVERDUE' | 'GIVEN'

/** `unavailable`: only those of which an inspector is not available any more (REG-35); `feedback`: only delegated ones in that state (DRW-12). */
export type TaskListing = Omit<TaskQuery, 'grounds' | 'flaggedOn' | 'feedback'> & {
  readonly unavailable: boolean
  readonly feedback?: FeedbackState | undefined
}

export const listTasks = ({ tasks, clock }: TaskReading, viewer: Viewer, { unavailable, feedback, ...query }: TaskListing, page: Page) => {
  const today = chinaDateOf(clock())
  return tasks.list(
    {
      ...query,
      grounds: taskGrounds(viewer),
      ...(unavailable ? { flaggedOn: today } : {}),
      ...(feedback === undefined
        ? {}
        : { feedback: feedback === 'OVERDUE' ? { status: 'MISSING', dueBefore: today } : { status: feedback } }),
    },
    page,
  )
}

/** Throws `task-hidden` to whoever may not know of it before the visit (DRW-34, SEC-05). */
export async function readTask(tasks: Tasks, viewer: Viewer, taskId: string): Promise<Task> {
  const task = await requireTask(tasks, taskId)
  if (!isVisible(taskGrounds(viewer), scopeOfTask(task))) throw appError('forbidden', 'task-hidden')
  return task
}

export async function readTaskDetail(deps: TaskReading, viewer: Viewer, taskId: string): Promise<TaskDetail> {
  const task = await readTask(deps.tasks, viewer, taskId)
  if (isDelegateOf(task, viewer) && !isAssigned(task, viewer.subject)) {
    // The delegate has this task, not what else is known of the object (SEC-11); who goes there has (INS-28).
    return { task, earlierResults: [], openFollowUps: [], linkedTasks: [], earlierTeams: task.earlierTeams }
  }
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
    ...(isAssigned(task, viewer.subject) ? {} : { earlierTeams: task.earlierTeams }),
  }
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
