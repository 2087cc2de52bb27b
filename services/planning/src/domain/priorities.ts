import { err, ok, type Result } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'

/** A priority of the party committee and government, or a need of regulating market order, that a plan reflects (PLN-30); `aspect` is one of policy `plan.rationale`. */
export interface Priority {
  readonly aspect: string
  readonly text: string
}

export type PriorityProblem =
  | { readonly code: 'priority-not-asked'; readonly index: number; readonly aspect: string }
  | { readonly code: 'priority-unknown'; readonly index: number; readonly aspect: string; readonly allowed: string }

/** Priorities speak of what policy names. */
export function priorityProblems(policy: Policy, priorities: readonly Priority[]): readonly PriorityProblem[] {
  const aspects = policy.find('plan.rationale')
  if (aspects === undefined) return priorities.map(({ aspect }, index) => ({ code: 'priority-not-asked', index, aspect }))
  const allowed = aspects.map(({ id }) => id).join(', ')
  return priorities.flatMap(({ aspect }, index) =>
    aspects.some(({ id }) => id === aspect) ? [] : [{ code: 'priority-unknown' as const, index, aspect, allowed }],
  )
}

export interface PriorityMissing {
  readonly code: 'plan-priorities-missing'
  readonly missing: string
}

/** Whether a plan states all that policy has it reflect, which it must before it leaves the unit. */
export function requirePriorities(policy: Policy, priorities: readonly Priority[]): Result<undefined, PriorityMissing> {
  const open = (policy.find('plan.rationale') ?? []).filter(({ id }) => !priorities.some(({ aspect }) => aspect === id))
  return open.length === 0 ? ok(undefined) : err({ code: 'plan-priorities-missing', missing: open.map(({ text }) => text).join('、') })
}
