import { type Clock, chinaDateOf, type TaskId } from '@dual-random/kernel'
import { attachResult, lapseForEntry, lapseForPublication, type Task, type TaskChange } from '../domain/task.ts'
import { enteredOf } from './enter-result.ts'
import type { Results, Tasks } from './ports.ts'

export interface LapseDependencies {
  readonly tasks: Tasks
  readonly results: Results
  readonly clock: Clock
}

const tasksAtOnce = 200

/** Marks tasks not completed whose entry is missing after their window (INS-25). A result recorded in time counts even if its task does not show it yet. */
export async function sweepEntries({ tasks, results, clock }: LapseDependencies, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const missing = await tasks.entryMissing(chinaDateOf(clock()), tasksAtOnce)
    if (missing.length === 0) return
    const recorded = new Map(await Promise.all(missing.map(async ({ taskId }) => [taskId, await results.ofTask(taskId)] as const)))
    await tasks.changeMany(
      missing.map(({ taskId }) => taskId),
      (task) => {
        const known = (recorded.get(task.taskId) ?? []).map(enteredOf).sort((a, b) => (a.enteredAt < b.enteredAt ? -1 : 1))
        return inTurn(task, [...known.map((result) => (next: Task) => attachResult(next, result)), (next) => lapseForEntry(next, clock())])
      },
    )
  }
}

/** One change out of several decisions, each on what the one before left. */
function inTurn(task: Task, decisions: readonly ((task: Task) => TaskChange | undefined)[]): TaskChange | undefined {
  let change: TaskChange | undefined
  for (const decide of decisions) {
    const next = decide(change?.task ?? task)
    if (next !== undefined) change = { task: next.task, events: [...(change?.events ?? []), ...next.events] }
  }
  return change
}

/** A publication is overdue: under a policy that counts it, its task is not completed (PUB-05). */
export async function lapseUnpublished({ tasks, clock }: Pick<LapseDependencies, 'tasks' | 'clock'>, taskId: TaskId): Promise<void> {
  await tasks.change(taskId, (task) => lapseForPublication(task, clock()))
}
