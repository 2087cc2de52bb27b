import type { InspectorId, TaskId } from '@dual-random/kernel'
import { type Availability, withAvailability } from '../domain/availability.ts'
import type { Task } from '../domain/task.ts'
import type { Availabilities, Tasks } from './ports.ts'

export interface HearInspectorDependencies {
  readonly tasks: Tasks
  readonly availabilities: Availabilities
}

const tasksAtOnce = 200

/**
 * An inspector left, came back or has another certificate: the tasks to do that the person is assigned to are flagged, or flagged no more (REG-35).
 * What was heard is kept first: a fan-out under way either sees it, or its tasks are found here.
 */
export async function hearInspector({ tasks, availabilities }: HearInspectorDependencies, heard: Availability): Promise<void> {
  await availabilities.put(heard)
  const known = new Map([[heard.inspectorId, heard]])
  let after: TaskId | undefined
  while (true) {
    const found = await tasks.toDoOf(heard.inspectorId, { limit: tasksAtOnce, after })
    await tasks.changeMany(idsOf(found), (task) => withAvailability(task, known))
    if (found.length < tasksAtOnce) return
    after = found.at(-1)?.taskId
  }
}

/** Tasks just dispatched, brought up to what was heard of their members while they were made. */
export async function catchUp(
  { tasks, availabilities }: HearInspectorDependencies,
  dispatched: readonly Task[],
  before: ReadonlyMap<InspectorId, Availability>,
): Promise<void> {
  const now = await availabilities.getMany([...membersOf(dispatched)])
  const isNew = (inspectorId: InspectorId) => JSON.stringify(now.get(inspectorId)) !== JSON.stringify(before.get(inspectorId))
  const behind = dispatched.filter(({ team }) => team.members.some(({ inspectorId }) => isNew(inspectorId)))
  await tasks.changeMany(idsOf(behind), (task) => withAvailability(task, now))
}

export const membersOf = (tasks: readonly Task[]): ReadonlySet<InspectorId> =>
  new Set(tasks.flatMap(({ team }) => team.members.map(({ inspectorId }) => inspectorId)))

const idsOf = (tasks: readonly Task[]): readonly TaskId[] => tasks.map(({ taskId }) => taskId)
