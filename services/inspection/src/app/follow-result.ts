import { appError } from '@dual-random/errors'
import { openFollowUp } from '../domain/follow-up.ts'
import { attachResult } from '../domain/task.ts'
import { enteredOf } from './enter-result.ts'
import type { FollowUps, Results, Tasks } from './ports.ts'

export interface FollowResultDependencies {
  readonly tasks: Tasks
  readonly results: Results
  readonly followUps: FollowUps
}

/** What a recorded result brings about: it stands on its task even if entering it was cut off, and a problem opens its follow-up (INS-23). */
export async function followResult({ tasks, results, followUps }: FollowResultDependencies, resultId: string): Promise<void> {
  const result = await results.get(resultId)
  if (result === undefined) throw appError('not-found', 'not-found', { meta: { what: 'result', id: resultId } })
  await tasks.change(result.taskId, (task) => attachResult(task, enteredOf(result)))
  const opened = openFollowUp(result)
  if (opened !== undefined) await followUps.open(opened)
}
