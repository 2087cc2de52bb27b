import type { Instant } from '@dual-random/kernel'
import { ownPartOf } from '../domain/line-cities.ts'
import { standingVersion } from '../domain/plan.ts'
import { type LineReEvaluation, plannedAt, reEvaluate } from '../domain/re-evaluation.ts'
import { readablePlan } from './access.ts'
import { flowsOfLine, poolComparer } from './count-pools.ts'
import { figuresFailure, orThrow } from './failures.ts'
import type { Caller, Ports } from './ports.ts'

export interface PlanReEvaluation {
  readonly version: number
  readonly asOf: Instant
  /** Each with when it was planned. */
  readonly lines: readonly (LineReEvaluation & { readonly since: Instant })[]
}

/** The lines of a plan, internal or joint, whose objects have moved between grades, come or gone since it was made (CRD-11, CRD-12). */
export async function reEvaluatePlan(ports: Ports, planId: string, caller: Caller): Promise<PlanReEvaluation> {
  const plan = await readablePlan(ports, planId, caller)
  const policy = await ports.policies.get(plan.policyDigest)
  const { number, lines } = standingVersion(plan)
  const asOf = ports.clock()
  const bySince = [...Map.groupBy(lines.map(ownPartOf), ({ lineId }) => plannedAt(plan, lineId))]
  const found = await Promise.all(
    bySince.map(async ([since, planned]) => {
      const compare = poolComparer(ports.registry, plan.regionCode, { from: since, to: asOf }, caller)
      const changed = await Promise.all(
        planned.map(async (line) => orThrow(reEvaluate(policy, line, await flowsOfLine(line, compare)), figuresFailure(plan))),
      )
      return changed.flatMap((line) => (line === undefined ? [] : [{ ...line, since }]))
    }),
  )
  return { version: number, asOf, lines: found.flat() }
}
