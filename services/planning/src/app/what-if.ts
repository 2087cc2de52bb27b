import { AppError } from '@dual-random/errors'
import type { LineId } from '@dual-random/kernel'
import type { Coverage } from '../domain/coverage.ts'
import { asInput } from '../domain/line-as-input.ts'
import type { LineContext, LineInput } from '../domain/line-input.ts'
import type { LineProblem } from '../domain/line-problem.ts'
import type { NotPlanned } from '../domain/not-planned.ts'
import { lineIdOf, type Plan, type PlanLine, workingVersion } from '../domain/plan.ts'
import { type LineChange, tentativeLine, withChange } from '../domain/tentative-line.ts'
import type { ExpectedVisits } from '../domain/visits.ts'
import type { Workload } from '../domain/workload.ts'
import { readablePlan } from './access.ts'
import { considerPlan } from './consider-plan.ts'
import { coverageOf } from './coverage.ts'
import { lineFailure, type ProblemsOfLine, planFailure } from './failures.ts'
import { type Feasibility, feasibilityOf } from './feasibility.ts'
import { lineContext } from './line-context.ts'
import { type OverlapReport, overlapsOf } from './overlaps.ts'
import type { Caller, Ports } from './ports.ts'
import { type JointInstead, jointInsteadOf, type Repeats, repeatsOf, workloadOf } from './proposals.ts'
import { notPlannedOf } from './reports.ts'
import { visitsOf } from './visits.ts'

/** Lines that a plan might have in the place of those it has. */
export interface Supposition {
  readonly add: readonly LineInput[]
  readonly change: readonly (LineChange & { readonly lineId: LineId })[]
  readonly remove: readonly LineId[]
}

/** A report, or the policy key for want of which there is none. */
export type Stated<T> = T | { readonly policyUnset: string }

export interface WhatIf {
  readonly lines: readonly PlanLine[]
  readonly needsReason: readonly { readonly lineId: LineId; readonly problems: readonly LineProblem[] }[]
  readonly feasibility: Stated<Feasibility>
  readonly overlaps: OverlapReport
  readonly coverage: Stated<Coverage>
  readonly notPlanned: NotPlanned
  readonly visits: ExpectedVisits
  readonly jointInstead: JointInstead
  readonly repeats: Stated<Repeats>
  readonly workload: Stated<Workload>
}

/** All figures and proposals of a plan as it would be; nothing is stored, and what would need a reason is told, not refused. */
export async function whatIf(ports: Ports, planId: string, supposition: Supposition, caller: Caller): Promise<WhatIf> {
  const plan = await readablePlan(ports, planId, caller)
  const { lines, needsReason } = await supposedLines(ports, plan, supposition, caller)
  const considered = await considerPlan(ports, plan, caller, lines)
  const [feasibility, overlaps, coverage, visits, jointInstead, repeats, load] = await Promise.all([
    stated(feasibilityOf(ports, considered, caller)),
    overlapsOf(considered),
    stated(coverageOf(ports, considered)),
    visitsOf(ports, considered),
    jointInsteadOf(considered),
    stated(repeatsOf(considered)),
    stated(workloadOf(ports, considered, caller)),
  ])
  return {
    lines,
    needsReason,
    feasibility,
    overlaps,
    coverage,
    notPlanned: notPlannedOf(considered),
    visits,
    jointInstead,
    repeats,
    workload: load,
  }
}

/** A preset that says nothing of one report still has the others. */
async function stated<T>(report: Promise<T>): Promise<Stated<T>> {
  try {
    return await report
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'policy-unset') return { policyUnset: String(thrown.meta['key']) }
    throw thrown
  }
}

async function supposedLines(
  ports: Ports,
  plan: Plan,
  { add, change, remove }: Supposition,
  caller: Caller,
): Promise<Pick<WhatIf, 'lines' | 'needsReason'>> {
  const standing = workingVersion(plan).lines
  const unknown = [...remove, ...change.map(({ lineId }) => lineId)].find((lineId) => !standing.some((line) => line.lineId === lineId))
  if (unknown !== undefined) throw planFailure(plan.planId)({ code: 'line-not-in-plan', lineId: unknown })
  const changed = change.map(({ lineId, ...wanted }) => {
    const line = standing.find((each) => each.lineId === lineId) as PlanLine
    return { lineId, commandId: line.commandId, input: withChange(asInput(line), wanted) }
  })
  const added = add.map((input, index) => ({ lineId: lineIdOf(plan.nextLine + index), commandId: '', input }))
  const inputs = [...changed, ...added]
  if (inputs.length === 0) return { lines: standing.filter(({ lineId }) => !remove.includes(lineId)), needsReason: [] }
  const context = await lineContext(
    ports,
    plan,
    caller,
    inputs.map(({ input }) => input),
  )
  const built = buildTentative(inputs, context, plan, change.length)
  const byId = new Map<string, PlanLine>(built.map(({ line }) => [line.lineId, line]))
  const kept = standing.filter(({ lineId }) => !remove.includes(lineId)).map((line) => byId.get(line.lineId) ?? line)
  return {
    lines: [...kept, ...built.slice(changed.length).map(({ line }) => line)],
    needsReason: built.flatMap(({ line, needsReason }) =>
      needsReason.length === 0 ? [] : [{ lineId: line.lineId, problems: needsReason }],
    ),
  }
}

function buildTentative(
  inputs: readonly { readonly lineId: LineId; readonly commandId: string; readonly input: LineInput }[],
  context: LineContext,
  plan: Plan,
  changes: number,
) {
  const refused: ProblemsOfLine[] = []
  const built = inputs.flatMap(({ input, ...identity }, index) => {
    const line = tentativeLine(input, context, identity)
    if (line.ok) return [line.value]
    refused.push({ base: index < changes ? `/change/${index}` : `/add/${index - changes}`, problems: line.error })
    return []
  })
  if (refused.length > 0) throw lineFailure(refused, plan.policy.preset)
  return built
}
