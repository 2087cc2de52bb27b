import type { LineId } from '@dual-random/kernel'
import { decide, publicationDue } from '../domain/decide.ts'
import { type Plan, workingVersion } from '../domain/plan.ts'
import { noSuchPlan, ownPlan } from './access.ts'
import { requireAssignmentsTakenIn } from './assignments-kept.ts'
import { orThrow, planFailure, policyUnset } from './failures.ts'
import { filedToOf, requireSoundLines, requireUnchanged } from './file-plan.ts'
import type { Caller, DrawOfLine, Ports } from './ports.ts'
import { requireStatedPriorities } from './priorities.ts'
import { settleVersion } from './settle-version.ts'

/** Publishes the accepted version, or the draft where the policy asks for no filing (PLN-08, PLN-28). */
export async function publishPlan(ports: Ports, planId: string, caller: Caller): Promise<Plan> {
  const plan = await ownPlan(ports, planId, caller)
  const filedTo = await filedToOf(ports, plan)
  if (orThrow(publicationDue(plan, filedTo), planFailure(planId)) === 'done') return plan
  await requireAssignmentsTakenIn(ports, plan)
  const policy = await ports.policies.get(plan.policyDigest)
  const channels = orThrow(policy.get('plan.channel'), (error) => policyUnset(error, plan.policy.preset)).map(({ id }) => id)
  const version = workingVersion(plan)
  const at = ports.clock()
  const unfiled = version.state === 'DRAFT'
  const judged = unfiled ? await requireSoundLines(ports, plan, caller) : undefined
  if (unfiled) requireStatedPriorities(plan, policy)
  const settlement = judged === undefined ? undefined : { ...(await settleVersion(ports, plan, version.lines, at, caller)), ...judged }
  const openDraws = await openDrawsOf(ports, planId)
  return ports.plans.change(planId, (current) => {
    requireUnchanged(current, version)
    const command = {
      type: 'publish',
      filedTo,
      channels,
      ...(settlement === undefined ? {} : { settlement }),
      openDraws,
      act: { by: caller.principal.subject, at },
    } as const
    return orThrow(decide(current, command), planFailure(planId))
  })
}

const open: ReadonlySet<DrawOfLine['state']> = new Set(['COMMITTED', 'DRAWN'])

/** Lines with a draw between COMMITTED and its end. */
export async function openDrawsOf({ draws }: Pick<Ports, 'draws'>, planId: string): Promise<ReadonlySet<LineId>> {
  const ofPlan = await draws.ofPlans([planId])
  return new Set(ofPlan.filter(({ state }) => open.has(state)).map(({ lineId }) => lineId as LineId))
}

/** Closes the plan once its year is over. */
export async function closePlan(ports: Ports, planId: string, caller: Caller): Promise<Plan> {
  await ownPlan(ports, planId, caller)
  const act = { by: caller.principal.subject, at: ports.clock() }
  return ports.plans.change(planId, (plan) => {
    if (plan === undefined) throw noSuchPlan(planId)
    return orThrow(decide(plan, { type: 'close', act }), planFailure(planId))
  })
}
