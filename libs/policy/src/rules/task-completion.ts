import { assertNever, type Instant, ok, type Result } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '../policy.ts'

/** Entry and publication of a task's result against its deadline. */
export interface ResultTimes {
  readonly enteredAt: Instant | undefined
  readonly publishedAt: Instant | undefined
  /** The deadline's last instant; undefined while its clock has not started. */
  readonly endsAt: Instant | undefined
  /** A statutory non-publication case stops the clock (PUB-08). */
  readonly exempt: boolean
}

export type TaskCompletion =
  | { readonly status: 'completed' }
  /** Completed under the policy although publication is still missing or came late. */
  | { readonly status: 'completed-unpublished' }
  | { readonly status: 'pending' }
  | { readonly status: 'exempt' }
  | { readonly status: 'not-completed'; readonly missed: readonly ('entry' | 'publication')[] }

/** How a task counts at `now`: which missed act makes it "not completed" (视为未完成检查任务) is policy (PUB-05, INS-25). */
export function taskCompletion(policy: Policy, times: ResultTimes, now: Instant): Result<TaskCompletion, PolicyUnset> {
  const effect = policy.get('publish.lateEffect')
  if (!effect.ok) return effect
  if (times.exempt) return ok({ status: 'exempt' })
  const { endsAt } = times
  const over = endsAt !== undefined && now > endsAt
  const done = (at: Instant | undefined): boolean => at !== undefined && at <= now && (endsAt === undefined || at <= endsAt)
  const entered = done(times.enteredAt)
  const published = done(times.publishedAt)
  switch (effect.value) {
    case 'ENTRY_OR_PUBLICATION_MISSING':
      if (entered && published) return ok({ status: 'completed' })
      if (!over) return ok({ status: 'pending' })
      return ok({
        status: 'not-completed',
        missed: [...(entered ? [] : ['entry' as const]), ...(published ? [] : ['publication' as const])],
      })
    case 'ENTRY_MISSING':
      if (entered) return ok({ status: published ? 'completed' : 'completed-unpublished' })
      return ok(over ? { status: 'not-completed', missed: ['entry'] } : { status: 'pending' })
    default:
      return assertNever(effect.value)
  }
}
