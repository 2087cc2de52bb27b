import type { LineId } from '@dual-random/kernel'
import { decide } from '../domain/decide.ts'
import type { LineInput } from '../domain/line-input.ts'
import { allLines, type Plan, workingVersion } from '../domain/plan.ts'
import type { GivenUndrawnLine } from '../domain/undrawn-line.ts'
import { noSuchPlan, ownPlan } from './access.ts'
import { requireNotAssigned } from './assignments-kept.ts'
import { adjustmentNotAllowed, orThrow, planFailure } from './failures.ts'
import { buildLines, lineContext } from './line-context.ts'
import type { Caller, Ports } from './ports.ts'
import { openDrawsOf } from './publish-plan.ts'
import { scopeWordsProblems } from './scope-words.ts'
import { buildUndrawnLines, namedInLines } from './undrawn-lines.ts'

export interface Adjustment {
  readonly commandId: string
  readonly reason: string
  readonly add: readonly LineInput[]
  readonly addUndrawn: readonly GivenUndrawnLine[]
  readonly cancel: readonly LineId[]
}

/** Adds to or cancels from a published plan, with the reason, in a version of its own (PLN-09, PLN-10). */
export async function adjustPlan(ports: Ports, planId: string, adjustment: Adjustment, caller: Caller): Promise<Plan> {
  const { commandId, reason, add, addUndrawn, cancel } = adjustment
  const adds = add.length + addUndrawn.length > 0
  const plan = await ownPlan(ports, planId, caller)
  if (adds && allLines(workingVersion(plan)).some((line) => line.commandId === commandId)) return plan
  const kinds = (await ports.policies.get(plan.policyDigest)).find('plan.adjustment')?.kinds
  if (kinds !== undefined && adds && !kinds.includes('ADD')) throw adjustmentNotAllowed('ADD')
  if (kinds !== undefined && cancel.length > 0 && !kinds.includes('CANCEL')) throw adjustmentNotAllowed('CANCEL')
  await requireNotAssigned(ports, plan, cancel)
  const context = await lineContext(ports, plan, caller, add)
  const named = await namedInLines(ports, plan, addUndrawn, caller)
  const openDraws = await openDrawsOf(ports, planId)
  return ports.plans.change(planId, (current) => {
    if (current === undefined) throw noSuchPlan(planId)
    const lines = buildLines(add, context, current, commandId, (index) => `/add/${index}`, scopeWordsProblems)
    const numbered = { ...current, nextLine: current.nextLine + lines.length }
    const undrawn = buildUndrawnLines(addUndrawn, { ...context, ...named, drawn: [...workingVersion(current).lines, ...lines] }, numbered, {
      commandId,
      baseOf: (index) => `/addUndrawn/${index}`,
    })
    const command = { type: 'adjust', commandId, reason, add: lines, addUndrawn: undrawn, cancel, openDraws, act: context.act } as const
    return orThrow(decide(current, command), planFailure(planId))
  })
}
