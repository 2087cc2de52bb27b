import { appError } from '@dual-random/errors'
import { expectedDraws } from '../domain/expected-draws.ts'
import { type JointProposal, jointProposal, singlesBesideJoint, type TypedLine } from '../domain/joint-instead.ts'
import { mayShareObjects, sharedObjects } from '../domain/overlaps.ts'
import { poolSize } from '../domain/pool.ts'
import { type DrawingLine, type Exhausted, exhaustedGrades, inOrder, type RepeatConflict, repeatConflict } from '../domain/repeats.ts'
import { type Workload, workload } from '../domain/workload.ts'
import type { ConsideredPlan, PlanInForce } from './consider-plan.ts'
import { figuresFailure, orThrow } from './failures.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

const mostPairs = 1000

export interface JointInstead {
  readonly proposals: readonly JointProposal[]
  /** Pairs left out because there were more than one request can count. */
  readonly notCompared: number
}

/** Single-department lines whose items or objects a joint plan of the region and year has too (PLN-16, PLN-17). */
export async function jointInsteadOf({ own, others, items, count }: ConsideredPlan): Promise<JointInstead> {
  const pairs = singlesBesideJoint(typed(own), others.flatMap(typed), items)
  const found = await Promise.all(
    pairs.slice(0, mostPairs).map(async (pair) => {
      const [a, b] = [pair.single.line, pair.joint.line]
      const [single, joint, either] = (await Promise.all([count([a]), count([b]), count([a, b])])).map(poolSize) as [number, number, number]
      return jointProposal(pair, sharedObjects(single, joint, either), single)
    }),
  )
  return { proposals: found.flatMap((each) => each ?? []), notCompared: Math.max(0, pairs.length - mostPairs) }
}

const typed = ({ plan: { planId, planType }, lines }: PlanInForce): readonly TypedLine[] =>
  lines.map((line) => ({ planId, planType, line }))

export interface Repeats {
  readonly conflicts: readonly RepeatConflict[]
  readonly exhausted: readonly Exhausted[]
  readonly notCompared: number
}

/** What would be drawn again within the year although policy bars it, over the plans of the region (CRD-09); `policy-unset` where policy has no such bar. */
export async function repeatsOf(considered: ConsideredPlan): Promise<Repeats> {
  const { plan, policy, own, others, items, count } = considered
  if (policy.find('repeat.lowRiskBar') === undefined)
    throw appError('failed-precondition', 'policy-unset', { meta: { key: 'repeat.lowRiskBar', preset: plan.policy.preset } })
  const [mine, theirs] = [drawn(own), others.flatMap(drawn)]
  const pairs = mine.flatMap((a, index) =>
    [...mine.slice(index + 1), ...theirs].flatMap((b) => (mayShareObjects(a.line, b.line, items) ? [[a, b] as const] : [])),
  )
  const compared = pairs.slice(0, mostPairs)
  const [pools, either, whole] = await Promise.all([
    Promise.all([...mine, ...theirs].map(({ line }) => count([line]))),
    Promise.all(compared.map(([a, b]) => count([a.line, b.line]))),
    count([...mine, ...theirs].map(({ line }) => line)),
  ])
  const failed = figuresFailure(plan)
  const lines = [...mine, ...theirs].map((each, index): DrawingLine => {
    const pool = pools[index]
    const [expected] = pool === undefined ? [] : orThrow(expectedDraws(policy, [{ line: each.line, pool }]), failed).lines
    return { ...each, byGrade: expected?.byGrade ?? [] }
  })
  const byKey = new Map(lines.map((each) => [keyOf(each), each]))
  const conflicts = compared.flatMap(([a, b], index) => {
    const [left, right, both] = [byKey.get(keyOf(a)), byKey.get(keyOf(b)), either[index]]
    if (left === undefined || right === undefined || both === undefined) return []
    return orThrow(repeatConflict(policy, inOrder(left, right), both), failed) ?? []
  })
  return {
    conflicts,
    exhausted: orThrow(exhaustedGrades(policy, lines, whole), failed),
    notCompared: pairs.length - compared.length,
  }
}

type UncountedLine = Omit<DrawingLine, 'byGrade'>

const drawn = ({ plan: { planId, planType, regionCode }, lines }: PlanInForce): readonly UncountedLine[] =>
  lines.map((line) => ({ planId, planType, regionCode, line }))

const keyOf = ({ planId, line }: UncountedLine): string => `${planId}/${line.lineId}`

/** Expected visits of the year's plans per office and station against the inspectors who serve there. */
export async function workloadOf({ registry }: Ports, considered: ConsideredPlan, caller: Caller): Promise<Workload> {
  const { plan, policy, own, others, units, asOf, count } = considered
  const lines = [own, ...others].flatMap(drawn)
  const [staff, pools] = await Promise.all([
    registry.staff(plan.regionCode, ruleDate(plan.year, asOf), caller.context),
    Promise.all(lines.map(({ line }) => count([line]))),
  ])
  const loading = lines.map(({ planId, line }, index) => {
    const pool = pools[index]
    const planned = pool === undefined ? 0 : orThrow(expectedDraws(policy, [{ line, pool }]), figuresFailure(plan)).planned
    return { planId, lineId: line.lineId, planned, units: line.units }
  })
  return workload(policy, loading, units, staff)
}
