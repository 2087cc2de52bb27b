import type { LineId, LocalDate } from '@dual-random/kernel'
import type { AssignedTask, DrawnTask } from './assignment.ts'
import { readItems, readQuantity, windowProblems } from './build-line.ts'
import { buildUndrawnLine, type UndrawnContext } from './build-undrawn-line.ts'
import type { LineContext } from './line-input.ts'
import { asksForReason, type LineProblem } from './line-problem.ts'
import { readScope } from './line-scope.ts'
import { overrideGap } from './override-gap.ts'
import { type DateWindow, lineIdOf } from './plan.ts'
import { assignedUndrawnLine, type LocalProblem, type UndrawnTask } from './undrawn-task.ts'

/** What a task is held against: nothing that the plan itself would add. */
export type PlannableContext = Omit<UndrawnContext, 'drawn' | 'clueTasks'>

/** What keeps a task out of a plan below whatever the planner there says: only who dispatches it can say it otherwise (PLN-15). */
export const unplannable = (task: AssignedTask, context: PlannableContext): readonly LineProblem[] =>
  task.kind === undefined ? drawnProblems(task, context) : undrawnProblems(task, context)

/** Items, their objects, quantity and days as dispatched, by the rules of a line; what a reason settles is the planner's. */
function drawnProblems({ kind: _kind, window, batches, ...task }: DrawnTask, context: LineContext): readonly LineProblem[] {
  const items = readItems(task, context)
  const isSet = task.ratios !== undefined || task.count !== undefined
  const quantity = isSet ? readQuantity(task, context, items.value).problems : []
  const { year } = context.plan
  return [
    ...items.problems,
    ...readScope(task, items.value.known, context).problems,
    ...quantity.filter((problem) => !asksForReason(problem)),
    ...(task.count === undefined ? [] : unstatedRatio(context)),
    ...(batches === undefined
      ? windowProblems(inYear(window, year), year, '/window')
      : batches.flatMap((batch, index) => windowProblems(inYear(batch.window, year), year, `/batches/${index}/window`))),
  ]
}

/** A number of objects where each line states its ratio (PLN-13) and no reason passes for one. */
function unstatedRatio({ policy, plan: { unitId }, act }: LineContext): readonly LineProblem[] {
  const key = 'plan.lineFields'
  if (policy.find(key)?.includes('RATIO') !== true || overrideGap(policy, key, [], { act, unitId }) === 'override-incomplete') return []
  return [{ code: 'rule-not-by-default', pointer: '/count', key }]
}

/** The days of a window that a plan of the year can have, to which local terms narrow it; the window itself where none is. */
function inYear({ start, end }: DateWindow, year: number): DateWindow {
  const [first, last] = [`${year}-01-01` as LocalDate, `${year}-12-31` as LocalDate]
  if (start > last || end < first) return { start, end }
  return { start: start < first ? first : start, end: end > last ? last : end }
}

/** Those that no local term mends; the others ask the planner for a reason, an exception or a problem. */
const ofTheTask: ReadonlySet<LineProblem['code']> = new Set([
  'item-not-on-list',
  'window-reversed',
  'window-outside-year',
  'trigger-unknown',
  'policy-unset',
  'key-matter-not-in-force',
  'key-stage-unknown',
  'campaign-needs-basis',
  'rule-not-by-default',
])

/** By the rules of a line that the unit plans itself, with the local terms that meet most of them. */
function undrawnProblems(task: UndrawnTask, context: PlannableContext): readonly LineProblem[] {
  const { plan } = context
  const lineId = lineIdOf(1)
  const terms = { window: inYear(task.window, plan.year), ...supposedProblem(task, context, lineId) }
  const given = assignedUndrawnLine(task, plan.unitId, terms, context)
  const built = buildUndrawnLine(given, { ...context, drawn: [{ lineId }], clueTasks: new Set() }, { lineId, commandId: '' })
  return built.ok ? [] : built.error.filter(({ code }) => ofTheTask.has(code))
}

/** The planner answers a problem that came without means by a draw, and where the policy has triggers may say one where there was none. */
function supposedProblem(task: UndrawnTask, { policy }: PlannableContext, lineId: LineId): { readonly problem?: LocalProblem } {
  if (task.kind === 'KEY_SUPERVISION') return {}
  const means = { lineId }
  if (task.problem !== undefined) return task.problem.similar === undefined ? { problem: { means } } : {}
  const [trigger] = policy.find('targetedDraw.triggers') ?? []
  return trigger === undefined ? {} : { problem: { trigger: trigger.id, description: '', means } }
}
