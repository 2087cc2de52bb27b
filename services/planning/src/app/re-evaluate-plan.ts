import type { Instant } from '@dual-random/kernel'
import { drawnParts } from '../domain/batch-scope.ts'
import { itemSetOf } from '../domain/item-set.ts'
import { ownPartOf } from '../domain/line-cities.ts'
import { standingVersion } from '../domain/plan.ts'
import type { MovedObject } from '../domain/pool-flows.ts'
import { type LineReEvaluation, plannedAt, reEvaluate } from '../domain/re-evaluation.ts'
import { ownPlan, readablePlan } from './access.ts'
import { flowsOfLine, poolComparer } from './count-pools.ts'
import { figuresFailure, orThrow, planFailure } from './failures.ts'
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

export interface MovedObjects {
  readonly version: number
  readonly lineId: string
  /** When the line was planned. */
  readonly since: Instant
  readonly asOf: Instant
  readonly objects: readonly MovedObject[]
  readonly more: boolean
}

/** Who of a line moved since it was planned (CRD-11), a page by id: for the planner of the plan's unit alone, since grades are internal, and of the pools that this unit may read. */
export async function movedObjectsOf(
  ports: Ports,
  { planId, lineId }: { readonly planId: string; readonly lineId: string },
  page: { readonly limit: number; readonly after?: string | undefined },
  caller: Caller,
): Promise<MovedObjects> {
  const plan = await ownPlan(ports, planId, caller)
  const { number, lines } = standingVersion(plan)
  const line = lines.find((each) => each.lineId === lineId)
  if (line === undefined) throw planFailure(planId)({ code: 'line-not-in-plan', lineId })
  const [since, asOf] = [plannedAt(plan, lineId), ports.clock()]
  const set = itemSetOf(drawnParts(ownPartOf(line)))
  const found = await ports.registry.moved(planId, plan.regionCode, set, { from: since, to: asOf }, page, caller.context)
  return { version: number, lineId, since, asOf, ...found }
}
