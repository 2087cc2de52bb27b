import { appError } from '@dual-random/errors'
import { openFollowUp } from '../domain/follow-up.ts'
import { attachResult } from '../domain/task.ts'
import { askForFeedback, type FeedbackDueDependencies } from './delegate-feedback.ts'
import { enteredOf } from './enter-result.ts'
import type { FollowUps, Results, Tasks } from './ports.ts'

export interface FollowResultDependencies extends FeedbackDueDependencies {
  readonly tasks: Tasks
  readonly results: Results
  readonly followUps: FollowUps
}

/**
 * What a recorded result brings about: it stands on its task even if entering it was cut off, a problem opens its follow-up (INS-23), and with the last one of a
 * delegated task its feedback is asked for (DRW-12).
 */
export async function followResult(deps: FollowResultDependencies, resultId: string): Promise<void> {
  const { tasks, results, followUps } = deps
  const result = await results.get(resultId)
  if (result === undefined) throw appError('not-found', 'not-found', { meta: { what: 'result', id: resultId } })
  const after = await tasks.change(result.taskId, (task) => attachResult(task, enteredOf(result)))
  const opened = openFollowUp(result)
  if (opened !== undefined) await followUps.open(opened)
  if (after !== undefined) await askForFeedback(deps, after)
}
