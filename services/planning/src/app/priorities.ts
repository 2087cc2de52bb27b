import { appError, invalidRequest, violation } from '@dual-random/errors'
import type { Policy } from '@dual-random/policy'
import { decide } from '../domain/decide.ts'
import { type Plan, workingVersion } from '../domain/plan.ts'
import { type Priority, priorityProblems, requirePriorities } from '../domain/priorities.ts'
import { ownPlan } from './access.ts'
import { orThrow, planFailure } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

/** States what the draft reflects (PLN-30); again it states it anew. */
export async function statePriorities(ports: Ports, planId: string, priorities: readonly Priority[], caller: Caller): Promise<Plan> {
  const plan = await ownPlan(ports, planId, caller)
  const problems = priorityProblems(await ports.policies.get(plan.policyDigest), priorities)
  if (problems.length > 0) {
    throw invalidRequest(problems.map(({ code, index, ...meta }) => violation(`/priorities/${index}/aspect`, code, meta)))
  }
  const act = { by: caller.principal.subject, at: ports.clock() }
  return ports.plans.change(planId, (current) =>
    orThrow(decide(current, { type: 'state-priorities', priorities, act }), planFailure(planId)),
  )
}

/** A plan leaves its unit with what policy has it reflect. */
export function requireStatedPriorities(plan: Plan, policy: Policy): void {
  orThrow(requirePriorities(policy, workingVersion(plan).priorities ?? []), ({ code, missing }) =>
    appError('failed-precondition', code, { meta: { planId: plan.planId, missing } }),
  )
}
