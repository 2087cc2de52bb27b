import { buildUndrawnLine, type UndrawnContext } from '../domain/build-undrawn-line.ts'
import { decide } from '../domain/decide.ts'
import { allLines, lineIdOf, type Plan, workingVersion } from '../domain/plan.ts'
import type { UndrawnLine, UndrawnLineInput } from '../domain/undrawn-line.ts'
import { noSuchPlan, ownPlan } from './access.ts'
import { lineFailure, orThrow, type ProblemsOfLine, planFailure } from './failures.ts'
import { lineContext } from './line-context.ts'
import type { Caller, Ports } from './ports.ts'

/** Adds lines that are not drawn to the draft; the same command sent again adds nothing. */
export async function addUndrawnLines(
  ports: Ports,
  planId: string,
  inputs: readonly UndrawnLineInput[],
  commandId: string,
  caller: Caller,
): Promise<Plan> {
  const plan = await ownPlan(ports, planId, caller)
  if (allLines(workingVersion(plan)).some((line) => line.commandId === commandId)) return plan
  const [context, clueTasks] = await Promise.all([lineContext(ports, plan, caller), clueTasksNamed(ports, inputs)])
  return ports.plans.change(planId, (current) => {
    if (current === undefined) throw noSuchPlan(planId)
    const drawn = workingVersion(current).lines
    const undrawn = buildUndrawnLines(inputs, { ...context, drawn, clueTasks }, current, { commandId, base: '/lines' })
    return orThrow(decide(current, { type: 'add-lines', lines: [], undrawn, act: context.act }), planFailure(planId))
  })
}

/** The tasks on clues that lines say they are made by, as far as there are such. */
export async function clueTasksNamed(
  { clueTasks }: Pick<Ports, 'clueTasks'>,
  inputs: readonly UndrawnLineInput[],
): Promise<ReadonlySet<string>> {
  const ids = inputs.flatMap(({ problem }) => (problem !== undefined && 'clueTaskId' in problem.means ? [problem.means.clueTaskId] : []))
  const found = await Promise.all([...new Set(ids)].map((taskId) => clueTasks.load(taskId)))
  return new Set(found.flatMap((task) => (task === undefined || task.status === 'WITHDRAWN' ? [] : [task.taskId])))
}

/** Lines for a plan, numbered on from its last; refused together with everything that is wrong with any of them. */
export function buildUndrawnLines(
  inputs: readonly UndrawnLineInput[],
  context: UndrawnContext,
  { nextLine, policy }: Pick<Plan, 'nextLine' | 'policy'>,
  { commandId, base }: { readonly commandId: string; readonly base: string },
): readonly UndrawnLine[] {
  const lines: UndrawnLine[] = []
  const refused: ProblemsOfLine[] = []
  for (const [index, input] of inputs.entries()) {
    const built = buildUndrawnLine(input, context, { lineId: lineIdOf(nextLine + index), commandId })
    if (built.ok) lines.push(built.value)
    else refused.push({ base: `${base}/${index}`, problems: built.error })
  }
  if (refused.length > 0) throw lineFailure(refused, policy.preset)
  return lines
}
