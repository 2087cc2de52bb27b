import { appError } from '@dual-random/errors'
import { decide } from '../domain/decide.ts'
import { type Filing, type Plan, workingVersion } from '../domain/plan.ts'
import { versionDigest } from '../domain/published-line.ts'
import { readablePlan } from './access.ts'
import { orThrow, planFailure } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

/** Accepts a filed version with a receipt that names the content filed, so a repeated request gives the same (PLN-06). */
export async function acceptPlan(ports: Ports, planId: string, note: string | undefined, caller: Caller): Promise<Plan> {
  requireReviewer(await readablePlan(ports, planId, caller), caller)
  const act = { by: caller.principal.subject, at: ports.clock() }
  return ports.plans.change(planId, (plan) => {
    const command = {
      type: 'accept',
      receipt: plan === undefined ? '' : receiptOf(plan),
      ...(note === undefined ? {} : { note }),
      act,
    } as const
    return orThrow(decide(plan, command), planFailure(planId))
  })
}

/** Returns a filed version; the next edit opens another. */
export async function returnPlan(ports: Ports, planId: string, reason: string, caller: Caller): Promise<Plan> {
  requireReviewer(await readablePlan(ports, planId, caller), caller)
  const act = { by: caller.principal.subject, at: ports.clock() }
  return ports.plans.change(planId, (plan) => orThrow(decide(plan, { type: 'return', reason, act }), planFailure(planId)))
}

const filingOf = (plan: Plan): Filing | undefined => {
  const version = workingVersion(plan)
  return version.state === 'DRAFT' ? undefined : version.filing
}

/** Only the region the plan was filed to decides, not one above it. */
function requireReviewer(plan: Plan, { principal }: Caller): void {
  const filedTo = filingOf(plan)?.filedTo
  if (filedTo !== undefined && principal.regionCode !== filedTo) {
    throw appError('forbidden', 'region-not-allowed', { meta: { regionCode: filedTo } })
  }
}

function receiptOf(plan: Plan): string {
  const digest = versionDigest(plan, workingVersion(plan))
  return `BA-${filingOf(plan)?.filedTo ?? plan.regionCode}-${plan.year}-${digest.slice(0, 10).toUpperCase()}`
}
