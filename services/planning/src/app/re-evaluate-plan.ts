import type { Instant } from '@dual-random/kernel'
import { ownPartOf } from '../domain/line-cities.ts'
import { standingVersion } from '../domain/plan.ts'
import { type LineReEvaluation, reEvaluate } from '../domain/re-evaluation.ts'
import { readablePlan } from './access.ts'
import { poolCounter } from './count-pools.ts'
import { figuresFailure, orThrow } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

export interface PlanReEvaluation {
  readonly version: number
  /** When the plan was last counted: at filing or publication, else at drafting. */
  readonly since: Instant
  readonly asOf: Instant
  readonly lines: readonly LineReEvaluation[]
}

/** The lines of a plan, internal or joint, whose grades have changed since it was made (CRD-11, CRD-12). */
export async function reEvaluatePlan(ports: Ports, planId: string, caller: Caller): Promise<PlanReEvaluation> {
  const plan = await readablePlan(ports, planId, caller)
  const policy = await ports.policies.get(plan.policyDigest)
  const { number, lines, figures } = standingVersion(plan)
  const since = figures?.asOf ?? plan.drafted.at
  const asOf = ports.clock()
  const countThen = poolCounter(ports.registry, plan.regionCode, since, caller)
  const countNow = poolCounter(ports.registry, plan.regionCode, asOf, caller)
  const found = await Promise.all(
    lines.map(ownPartOf).map(async (line) => {
      const [before, now] = await Promise.all([countThen([line]), countNow([line])])
      return orThrow(reEvaluate(policy, line, before, now), figuresFailure(plan))
    }),
  )
  return { version: number, since, asOf, lines: found.flatMap((line) => line ?? []) }
}
