import { invalidRequest, type Violation, violation } from '@dual-random/errors'
import type { Assignment } from '../domain/assignment.ts'
import type { LineProblem } from '../domain/line-problem.ts'
import { type Plan, planIdOf } from '../domain/plan.ts'
import { type PlannableContext, unplannable } from '../domain/plannable.ts'
import type { Dispatch, SourcedTask } from './dispatched-tasks.ts'
import { violationOf } from './failures.ts'
import { fewAtOnce } from './few-at-once.ts'
import { lineContextOf } from './line-context.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'
import { mattersInForce } from './undrawn-lines.ts'

/** Refuses, for each target, tasks that its planner could only fail to take in: by the policy its plan is under, or would be, and the lists in force there. */
export async function requirePlannable(
  ports: Ports,
  dispatch: Dispatch,
  byTarget: readonly (readonly SourcedTask[])[],
  caller: Caller,
): Promise<void> {
  const one = fewAtOnce()
  const found = dispatch.targets.map(async (target, place) => {
    const tasks = byTarget[place] ?? []
    return one(async () => {
      const context = await contextBelow(ports, { ...dispatch, ...target }, tasks, caller)
      return tasks.flatMap(({ task, at }) => {
        const [{ regionCode }, preset] = [target, context.policy.id.preset]
        const named = { taskName: task.taskName, regionCode, fromUnitId: caller.principal.unitId, preset }
        return refusal({ ...named, pointer: `/targets/${place}/regionCode` }, unplannable(task, context), at)
      })
    })
  })
  const violations = (await Promise.all(found)).flat()
  if (violations.length > 0) throw invalidRequest(violations)
}

interface Refused extends Pick<Assignment, 'regionCode' | 'fromUnitId'> {
  readonly taskName: string
  /** Of the policy that it is held against. */
  readonly preset: string
  /** Where the request names the plan or the task. */
  readonly pointer: string
}

/** That a task cannot be planned in a region, and after it why; nothing where it can. */
export function refusal(
  { pointer, preset, ...named }: Refused,
  problems: readonly LineProblem[],
  at: (pointer: string) => string,
): readonly Violation[] {
  if (problems.length === 0) return []
  return [
    violation(pointer, 'assignment-not-plannable', { ...named }),
    ...problems.map((problem) => violationOf({ ...problem, pointer: at(problem.pointer) }, '', { preset })),
  ]
}

type Target = Pick<Plan, 'regionCode' | 'unitId' | 'year' | 'planType'>

async function contextBelow(
  ports: Ports,
  { regionCode, unitId, year, planType }: Target,
  tasks: readonly SourcedTask[],
  caller: Caller,
): Promise<PlannableContext> {
  const policy = await policyBelow(ports, { regionCode, unitId, year, planType }, caller)
  const asksMatters = tasks.some(({ task }) => task.kind === 'KEY_SUPERVISION')
  const [context, keyMatters] = await Promise.all([
    lineContextOf(ports, { regionCode, unitId, year, policy }, caller, []),
    asksMatters ? mattersInForce(ports, { regionCode, year }, caller) : [],
  ])
  return { ...context, plan: { ...context.plan, planType }, keyMatters }
}

/** A plan is judged under the policy it was drafted under (POL-05); one to come will be under what is in force. */
async function policyBelow({ plans, policies, registry, clock }: Ports, target: Target, { context }: Caller) {
  const plan = await plans.load(planIdOf(target))
  if (plan !== undefined) return policies.get(plan.policyDigest)
  return (await registry.policyAt(target.regionCode, ruleDate(target.year, clock()), context)).policy
}
