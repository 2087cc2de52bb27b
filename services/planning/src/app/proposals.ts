import { appError } from '@dual-random/errors'
import { drawnParts } from '../domain/batch-scope.ts'
import { expectedDraws } from '../domain/expected-draws.ts'
import { type JointProposal, jointProposal, mostToJoin, singlesBesideJoint, type TypedLine } from '../domain/joint-instead.ts'
import { bySetsOfItems } from '../domain/line-pairs.ts'
import { poolSize } from '../domain/pool.ts'
import {
  type DrawingLine,
  type Exhausted,
  exhaustedGrades,
  inOrder,
  mostSharedItems,
  type RepeatConflict,
  repeatCandidates,
  repeatConflict,
  type UncountedLine,
} from '../domain/repeats.ts'
import { type Workload, workload } from '../domain/workload.ts'
import type { ConsideredPlan, PlanInForce } from './consider-plan.ts'
import { poolOfLine } from './count-pools.ts'
import { figuresFailure, orThrow } from './failures.ts'
import { mostPairs, objectsOfBoth } from './overlaps.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

export interface JointInstead {
  readonly proposals: readonly JointProposal[]
  /** Pairs left out because there were more than one request can tell of. */
  readonly notCompared: number
}

type Compared = Pick<ConsideredPlan, 'own' | 'others' | 'items' | 'count'>

/** Single-department lines whose items or objects a joint plan of the region and year has too (PLN-16, PLN-17). */
export async function jointInsteadOf({
  own,
  others,
  items,
  units,
  policy,
  count,
}: Compared & Pick<ConsideredPlan, 'policy' | 'units'>): Promise<JointInstead> {
  const known = new Map(units.map((unit) => [unit.unitId, unit]))
  const pairs = singlesBesideJoint(typed(own), others.flatMap(typed), { policy, items, units: known })
  const compared = mostToJoin(pairs, mostPairs)
  const singles = [...new Set(compared.map(({ single }) => single.line))]
  const [sizes, groups] = await Promise.all([
    Promise.all(singles.map(async (line) => [line, poolSize(await count(drawnParts(line)))] as const)),
    Promise.all(
      bySetsOfItems(compared, ({ single, joint }) => [single.line, joint.line]).map(async ({ lines: [a, b], pairs: having }) => {
        const objects = await objectsOfBoth(drawnParts(a), drawnParts(b), count)
        return having.map((pair) => [pair, objects] as const)
      }),
    ),
  ])
  const [sizeOf, objectsOf] = [new Map(sizes), new Map(groups.flat())]
  return {
    proposals: compared.flatMap((pair) => jointProposal(pair, objectsOf.get(pair) ?? 0, sizeOf.get(pair.single.line) ?? 0) ?? []),
    notCompared: pairs.length - compared.length,
  }
}

const typed = ({ plan: { planId, planType }, lines }: PlanInForce): readonly TypedLine[] =>
  lines.map((line) => ({ planId, planType, line }))

export interface Repeats {
  readonly conflicts: readonly RepeatConflict[]
  readonly exhausted: readonly Exhausted[]
  /** Pairs left out because there were more than one request can tell of. */
  readonly notCompared: number
}

/** What would be drawn again within the year although policy bars it, over the plans of the region (CRD-09); `policy-unset` where policy has no such bar. */
export async function repeatsOf(considered: Compared & Pick<ConsideredPlan, 'plan' | 'policy'>): Promise<Repeats> {
  const { plan, policy, own, others, items, count } = considered
  if (policy.find('repeat.lowRiskBar') === undefined)
    throw appError('failed-precondition', 'policy-unset', { meta: { key: 'repeat.lowRiskBar', preset: plan.policy.preset } })
  const [mine, theirs] = [drawn(own), others.flatMap(drawn)]
  const pairs = repeatCandidates(mine, theirs, items)
  const compared = mostSharedItems(pairs, mostPairs)
  const [pools, groups, whole] = await Promise.all([
    Promise.all([...mine, ...theirs].map(({ line }) => poolOfLine(line, count))),
    Promise.all(
      bySetsOfItems(compared, ([a, b]) => [a.line, b.line]).map(async ({ lines: [a, b], pairs: having }) => {
        const pool = await count([a, b].flatMap(drawnParts))
        return having.map((pair) => [pair, pool] as const)
      }),
    ),
    count([...mine, ...theirs].flatMap(({ line }) => drawnParts(line))),
  ])
  const either = new Map(groups.flat())
  const failed = figuresFailure(plan)
  const lines = [...mine, ...theirs].map((each, index): DrawingLine => {
    const pool = pools[index]
    const [expected] = pool === undefined ? [] : orThrow(expectedDraws(policy, [{ line: each.line, pool }]), failed).lines
    return { ...each, byGrade: expected?.byGrade ?? [] }
  })
  const byKey = new Map(lines.map((each) => [keyOf(each), each]))
  const conflicts = compared.flatMap((pair) => {
    const [a, b] = pair
    const [left, right, both] = [byKey.get(keyOf(a)), byKey.get(keyOf(b)), either.get(pair)]
    if (left === undefined || right === undefined || both === undefined) return []
    return orThrow(repeatConflict(policy, inOrder(left, right), both), failed) ?? []
  })
  return {
    conflicts,
    exhausted: orThrow(exhaustedGrades(policy, lines, whole), failed),
    notCompared: pairs.length - compared.length,
  }
}

const drawn = ({ plan: { planId, planType, regionCode }, lines }: PlanInForce): readonly UncountedLine[] =>
  lines.map((line) => ({ planId, planType, regionCode, line }))

const keyOf = ({ planId, line }: UncountedLine): string => `${planId}/${line.lineId}`

/** Expected visits of the year's plans per office and station against the inspectors who serve there. */
export async function workloadOf({ registry }: Ports, considered: ConsideredPlan, caller: Caller): Promise<Workload> {
  const { plan, policy, own, others, units, asOf, count } = considered
  const lines = [own, ...others].flatMap(drawn)
  const [staff, pools] = await Promise.all([
    registry.staff(plan.regionCode, ruleDate(plan.year, asOf), caller.context),
    Promise.all(lines.map(({ line }) => poolOfLine(line, count))),
  ])
  const loading = lines.map(({ planId, line }, index) => {
    const pool = pools[index]
    const planned = pool === undefined ? 0 : orThrow(expectedDraws(policy, [{ line, pool }]), figuresFailure(plan)).planned
    return { planId, lineId: line.lineId, planned, units: line.units }
  })
  return workload(policy, loading, units, staff)
}
