import { formatPercent, type ItemCode } from '@dual-random/kernel'
import type { AssignedTask } from './assignment.ts'
import { buildUndrawnLine, type UndrawnContext } from './build-undrawn-line.ts'
import type { LineContext } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import { overrideGap } from './override-gap.ts'
import { overriddenRule } from './overrides.ts'
import { lineIdOf } from './plan.ts'
import { cappedItems, escapesBands } from './ratio-rules.ts'
import { assignedUndrawnLine, lacksMeans, type UndrawnTask } from './undrawn-task.ts'

/** What a task is held against: nothing that the plan itself would add. */
export type PlannableContext = Omit<UndrawnContext, 'drawn' | 'clueTasks'>

/** What keeps a task out of a plan below whatever the planner there says: only who dispatches it can say it otherwise (PLN-15). */
export function unplannable(task: AssignedTask, context: PlannableContext): readonly LineProblem[] {
  if (task.kind !== undefined) return undrawnProblems(task, context)
  return task.count === undefined ? [] : countProblems(task.itemCodes, context)
}

/** Those that no local term mends; the others ask the planner for a reason, an exception or a problem. */
const ofTheTask: ReadonlySet<LineProblem['code']> = new Set([
  'item-not-on-list',
  'window-reversed',
  'window-outside-year',
  'trigger-unknown',
  'policy-unset',
  'key-stage-unknown',
  'campaign-needs-basis',
  'rule-not-by-default',
])

/** By the rules of a line that the unit plans itself; whether what answers a problem is there, is not asked. */
function undrawnProblems(task: UndrawnTask, context: PlannableContext): readonly LineProblem[] {
  if (task.kind === 'KEY_SUPERVISION') {
    const { listId, matterId } = task.matter
    // Another list may have a matter of that id.
    if (context.keyMatters.get(matterId)?.listId !== listId) return [{ code: 'key-matter-not-in-force', pointer: '/matterId', matterId }]
  }
  const lineId = lineIdOf(1)
  const terms = lacksMeans(task, {}) ? { problem: { means: { lineId } } } : {}
  const given = assignedUndrawnLine(task, context.plan.unitId, terms, context)
  const built = buildUndrawnLine(given, { ...context, drawn: [], clueTasks: new Set() }, { lineId, commandId: '' })
  return built.ok ? [] : built.error.filter(({ code }) => ofTheTask.has(code))
}

/**
 * A number of objects where only ratios go and no reason passes for one: an item has an upper limit (REG-06), bands bind (CRD-04), or each line states
 * its ratio (PLN-13).
 */
function countProblems(itemCodes: readonly ItemCode[], { policy, plan, items, act }: LineContext): readonly LineProblem[] {
  const known = itemCodes.flatMap((code) => items.get(code) ?? [])
  const isOf = (name: 'itemClass' | 'fieldClass') => (known.some((item) => item[name] === 'KEY') ? 'KEY' : 'GENERAL')
  const classes = { itemClass: isOf('itemClass'), fieldClass: isOf('fieldClass') } as const
  const pointer = '/count'
  const asked = [
    ...(escapesBands(policy, classes) ? [overriddenRule('COUNT_INSTEAD_OF_RATIO', classes.fieldClass)] : []),
    ...(policy.find('plan.lineFields')?.includes('RATIO') === true ? (['plan.lineFields'] as const) : []),
  ]
  return [
    ...cappedItems(known).map(
      ({ code: itemCode, cap }): LineProblem => ({ code: 'count-escapes-cap', pointer, itemCode, cap: formatPercent(cap) }),
    ),
    ...asked
      .filter((key) => overrideGap(policy, key, [], { act, unitId: plan.unitId }) !== 'override-incomplete')
      .map((key): LineProblem => ({ code: 'rule-not-by-default', pointer, key })),
  ]
}
