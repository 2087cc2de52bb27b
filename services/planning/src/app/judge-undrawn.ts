import type { ItemCode } from '@dual-random/kernel'
import { buildUndrawnLine } from '../domain/build-undrawn-line.ts'
import type { LineContext } from '../domain/line-input.ts'
import { type Plan, publishedVersion, workingVersion } from '../domain/plan.ts'
import { asUndrawnInput } from '../domain/undrawn-as-input.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'
import type { ProblemsOfLine } from './failures.ts'
import type { Caller, Ports } from './ports.ts'
import { namedInLines } from './undrawn-lines.ts'

export interface JudgedUndrawn {
  readonly refused: readonly ProblemsOfLine[]
  /** Of each line that nobody has published and that stands: the items that cover its field now. */
  readonly coveredBy: ReadonlyMap<string, readonly ItemCode[]>
}

/**
 * Lines without a draw by what holds now: what nobody has published is held against all that a new line is (PLN-19, TGT-02, TGT-05); a published line
 * stands as it was published, only its items must still be listed and its matter in force.
 */
export async function judgeUndrawn(
  ports: Pick<Ports, 'registry' | 'clock' | 'clueTasks'>,
  plan: Plan,
  context: LineContext,
  caller: Caller,
): Promise<JudgedUndrawn> {
  const { lines: drawn, undrawn = [] } = workingVersion(plan)
  const published = new Set(publishedVersion(plan)?.undrawn?.map(({ lineId }) => lineId))
  const named = await namedInLines(ports, plan, undrawn.map(asUndrawnInput), caller)
  const refused: ProblemsOfLine[] = []
  const coveredBy = new Map<string, readonly ItemCode[]>()
  for (const line of undrawn) {
    const built = published.has(line.lineId) ? undefined : buildUndrawnLine(asUndrawnInput(line), { ...context, ...named, drawn }, line)
    const problems = built?.ok === false ? built.error : [...goneMatter(line, named), ...unlistedItems(line, context)]
    if (problems.length > 0) refused.push({ base: `/lines/${line.lineId}`, problems })
    else if (built?.ok === true) coveredBy.set(line.lineId, built.value.coveredBy)
  }
  return { refused, coveredBy }
}

type Named = Awaited<ReturnType<typeof namedInLines>>

const goneMatter = ({ matter }: UndrawnLine, { keyMatters }: Named): ProblemsOfLine['problems'] =>
  matter === undefined || keyMatters.some(({ listId, matterId }) => listId === matter.listId && matterId === matter.matterId)
    ? []
    : [{ code: 'key-matter-not-in-force', pointer: '/matterId', matterId: matter.matterId }]

const unlistedItems = ({ itemCodes }: UndrawnLine, { items }: LineContext): ProblemsOfLine['problems'] =>
  itemCodes.flatMap((itemCode, index) =>
    items.has(itemCode) ? [] : [{ code: 'item-not-on-list', pointer: `/itemCodes/${index}`, itemCode } as const],
  )
