import type { Clock } from '@dual-random/kernel'
import { withAvailability } from '../domain/availability.ts'
import { type MatchedTeam, reassign } from '../domain/reassign.ts'
import type { Task } from '../domain/task.ts'
import { catchUp } from './hear-inspector.ts'
import type { Availabilities, Tasks } from './ports.ts'

export interface ReassignDependencies {
  readonly tasks: Tasks
  readonly availabilities: Availabilities
  readonly clock: Clock
}

/** Gives a task the team that a redraw matched for it, with what was heard of its members; the same team again changes nothing (DRW-14). The task as it is then. */
export async function reassignTask(
  { tasks, availabilities, clock }: ReassignDependencies,
  taskId: string,
  team: MatchedTeam,
): Promise<Task | undefined> {
  const at = clock()
  const heard = await availabilities.getMany(team.members.map(({ inspectorId }) => inspectorId))
  const after = await tasks.change(taskId, (task) => {
    const change = reassign(task, team, at)
    return change && { ...change, task: withAvailability(change.task, heard)?.task ?? change.task }
  })
  if (after === undefined) return undefined
  await catchUp({ tasks, availabilities }, [after], heard)
  return tasks.get(taskId)
}
