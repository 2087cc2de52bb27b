import { type DrawId, type TaskId, tlv, toHex, type UnitId } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'

/** What became of a check task, as far as its events tell. */
export interface TaskOutcome {
  readonly completed: boolean
  /** Why the task counts as not completed, where it lapsed. */
  readonly lapsed?: string
}

/** What became of a drawn label (rule 14). */
export type LabelOutcome =
  | { readonly label: string; readonly outcome: 'VISITED' }
  | { readonly label: string; readonly outcome: 'NOT_VISITED'; readonly reason: string }

/** Inspection derives its task ids from the draw, so drawing finds the tasks of a label it knows. */
export const taskIdOf = (drawId: DrawId, label: string, unitId: UnitId): TaskId =>
  toHex(sha256(tlv('task', drawId, label, unitId))).slice(0, 32) as TaskId

/** Visited when any unit completed its task; else why not: the lapse of a task, no result yet, or no task at all. */
export function outcomeOf(label: string, tasks: readonly TaskOutcome[]): LabelOutcome {
  if (tasks.some(({ completed }) => completed)) return { label, outcome: 'VISITED' }
  const lapsed = tasks.flatMap((task) => task.lapsed ?? []).sort()[0]
  return { label, outcome: 'NOT_VISITED', reason: lapsed ?? (tasks.length > 0 ? 'NO_RESULT' : 'NO_TASK') }
}

/** A task after one of its events. */
export function afterTaskEvent(task: TaskOutcome | undefined, event: { readonly completed?: true; readonly lapsed?: string }): TaskOutcome {
  return { completed: task?.completed ?? false, ...(task?.lapsed === undefined ? {} : { lapsed: task.lapsed }), ...event }
}
