import { buildUndrawnLine, type UndrawnContext } from '../domain/build-undrawn-line.ts'
import { decide } from '../domain/decide.ts'
import { allLines, lineIdOf, type Plan, workingVersion } from '../domain/plan.ts'
import type { GivenUndrawnLine, KeyMatter, UndrawnLine } from '../domain/undrawn-line.ts'
import { noSuchPlan, ownPlan } from './access.ts'
import { lineFailure, orThrow, type ProblemsOfLine, planFailure } from './failures.ts'
import { lineContext } from './line-context.ts'
import { ruleDate } from './plan-dates.ts'
import type { Caller, Ports } from './ports.ts'

/** Adds lines that are not drawn to the draft; the same command sent again adds nothing. */
export async function addUndrawnLines(
  ports: Ports,
  planId: string,
  inputs: readonly GivenUndrawnLine[],
  commandId: string,
  caller: Caller,
): Promise<Plan> {
  const plan = await ownPlan(ports, planId, caller)
  if (allLines(workingVersion(plan)).some((line) => line.commandId === commandId)) return plan
  const [context, named] = await Promise.all([lineContext(ports, plan, caller), namedInLines(ports, plan, inputs, caller)])
  return ports.plans.change(planId, (current) => {
    if (current === undefined) throw noSuchPlan(planId)
    const drawn = workingVersion(current).lines
    const undrawn = buildUndrawnLines(inputs, { ...context, ...named, drawn }, current, { commandId, baseOf: (index) => `/lines/${index}` })
    return orThrow(decide(current, { type: 'add-lines', lines: [], undrawn, act: context.act }), planFailure(planId))
  })
}

/** What lines name beside items and units: tasks on clues, as far as there are such, and matters of the key-supervision lists in force. */
export async function namedInLines(
  ports: Pick<Ports, 'registry' | 'clock' | 'clueTasks'>,
  plan: Pick<Plan, 'regionCode' | 'year'>,
  inputs: readonly GivenUndrawnLine[],
  caller: Caller,
): Promise<Pick<UndrawnContext, 'clueTasks' | 'keyMatters'>> {
  const ids = inputs.flatMap((input) =>
    input.kind !== 'KEY_SUPERVISION' && input.problem !== undefined && 'clueTaskId' in input.problem.means
      ? [input.problem.means.clueTaskId]
      : [],
  )
  const asksMatters = inputs.some(({ kind }) => kind === 'KEY_SUPERVISION')
  const [found, keyMatters] = await Promise.all([
    Promise.all([...new Set(ids)].map((taskId) => ports.clueTasks.load(taskId))),
    asksMatters ? mattersInForce(ports, plan, caller) : [],
  ])
  return {
    clueTasks: new Set(found.flatMap((task) => (task === undefined || task.status === 'WITHDRAWN' ? [] : [task.taskId]))),
    keyMatters,
  }
}

/** Matters of the key-supervision lists in force in the region on the day whose rules the plan of that year follows. */
export const mattersInForce = (
  { registry, clock }: Pick<Ports, 'registry' | 'clock'>,
  { regionCode, year }: Pick<Plan, 'regionCode' | 'year'>,
  { context }: Caller,
): Promise<readonly KeyMatter[]> => registry.keyMatters(regionCode, ruleDate(year, clock()), { countObjects: false }, context)

/** Lines for a plan, numbered on from its last; refused together with everything that is wrong with any of them. */
export function buildUndrawnLines(
  inputs: readonly GivenUndrawnLine[],
  context: UndrawnContext,
  { nextLine, policy }: Pick<Plan, 'nextLine' | 'policy'>,
  { commandId, baseOf }: { readonly commandId: string; readonly baseOf: (index: number) => string },
): readonly UndrawnLine[] {
  const lines: UndrawnLine[] = []
  const refused: ProblemsOfLine[] = []
  for (const [index, input] of inputs.entries()) {
    const built = buildUndrawnLine(input, context, { lineId: lineIdOf(nextLine + index), commandId })
    if (built.ok) lines.push(built.value)
    else refused.push({ base: baseOf(index), problems: built.error })
  }
  if (refused.length > 0) throw lineFailure(refused, policy.preset)
  return lines
}
