import type { LineId } from '@dual-random/kernel'
import { decide } from '../domain/decide.ts'
import type { LineInput } from '../domain/line-input.ts'
import { type Plan, workingVersion } from '../domain/plan.ts'
import { noSuchPlan, ownPlan } from './access.ts'
import { orThrow, planFailure } from './failures.ts'
import { buildLines, lineContext } from './line-context.ts'
import type { Caller, Ports } from './ports.ts'
import { scopeWordsProblems } from './scope-words.ts'

/** Adds lines to the draft; the same command sent again adds nothing. */
export async function addLines(
  ports: Ports,
  planId: string,
  inputs: readonly LineInput[],
  commandId: string,
  caller: Caller,
): Promise<Plan> {
  const plan = await ownPlan(ports, planId, caller)
  if (workingVersion(plan).lines.some((line) => line.commandId === commandId)) return plan
  const context = await lineContext(ports, plan, caller, inputs)
  return ports.plans.change(planId, (current) => {
    if (current === undefined) throw noSuchPlan(planId)
    const lines = buildLines(inputs, context, current, commandId, (index) => `/lines/${index}`, scopeWordsProblems)
    return orThrow(decide(current, { type: 'add-lines', lines, act: context.act }), planFailure(planId))
  })
}

/** Takes a line out of a draft that was never published; what a superior dispatched must be taken in again before the filing (PLN-15). */
export async function removeLine(ports: Ports, planId: string, lineId: LineId, caller: Caller): Promise<Plan> {
  await ownPlan(ports, planId, caller)
  const act = { by: caller.principal.subject, at: ports.clock() }
  return ports.plans.change(planId, (plan) => orThrow(decide(plan, { type: 'remove-line', lineId, act }), planFailure(planId)))
}
