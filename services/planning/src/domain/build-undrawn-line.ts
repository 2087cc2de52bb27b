import { err, ok, type Result } from '@dual-random/kernel'
import { windowProblems } from './build-line.ts'
import { isOfSeveral } from './departments.ts'
import { jointScopeProblems, recordedException } from './joint-scope.ts'
import { wholeKeyLine } from './key-line.ts'
import type { LineContext, LineIdentity } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import { coveringItems, readProblem, type SpecialCheckContext, specialCheckProblems } from './special-check.ts'
import type { GivenUndrawnLine, KeyMatter, NamedMatter, UndrawnKind, UndrawnLine, UndrawnLineInput } from './undrawn-line.ts'

export type UndrawnContext = LineContext &
  Pick<SpecialCheckContext, 'drawn' | 'clueTasks'> & {
    /** Matters of the key-supervision lists in force: each list has its own ids. */
    readonly keyMatters: readonly KeyMatter[]
  }

/** A complete line that is not drawn, or everything that is wrong with what was given. */
export function buildUndrawnLine(
  given: GivenUndrawnLine,
  context: UndrawnContext,
  identity: LineIdentity,
): Result<UndrawnLine, readonly LineProblem[]> {
  const whole: Result<WholeLine, readonly LineProblem[]> =
    given.kind === 'KEY_SUPERVISION' ? wholeKeyLine(given, context.keyMatters) : ok(given)
  return whole.ok ? build(whole.value, context, identity) : whole
}

type WholeLine = Omit<UndrawnLineInput, 'kind'> & { readonly kind: UndrawnKind; readonly matter?: NamedMatter }

function build(
  input: WholeLine,
  context: UndrawnContext,
  { lineId, commandId }: LineIdentity,
): Result<UndrawnLine, readonly LineProblem[]> {
  const { policy, plan, items, units, act } = context
  const initiatorUnitId = input.initiatorUnitId ?? plan.unitId
  const covering = coveringItems(input.field, input.itemCodes, items)
  const problem = readProblem(input.problem, context)
  const problems = [
    ...input.itemCodes.flatMap((itemCode, index): readonly LineProblem[] =>
      items.has(itemCode) ? [] : [{ code: 'item-not-on-list', pointer: `/itemCodes/${index}`, itemCode }],
    ),
    ...unitProblems(input, initiatorUnitId, context),
    ...windowProblems(input.window, plan.year, '/window'),
    ...(problem.ok ? [] : [problem.error]),
    ...specialCheckProblems(input, covering, context),
    ...jointScopeProblems(policy, isOfSeveral(input.unitIds, units), input.jointException),
  ]
  if (problems.length > 0 || !problem.ok) return err(problems)
  const { kind, taskName, field, objectScope, objects, itemCodes, unitIds, window, basis, matter } = input
  return ok({
    lineId,
    kind,
    taskName,
    field,
    objectScope,
    objects,
    itemCodes,
    coveredBy: covering.map(({ code }) => code).toSorted(),
    initiatorUnitId,
    unitIds,
    window,
    ...(matter === undefined ? {} : { matter }),
    ...(basis === undefined ? {} : { basis }),
    ...(problem.value === undefined ? {} : { problem: problem.value }),
    ...recordedException(input.jointException, act),
    reasons: (input.reasons ?? []).map((reason) => ({ ...reason, ...act })),
    commandId,
  })
}

function unitProblems({ unitIds }: WholeLine, initiator: string, { units }: LineContext): readonly LineProblem[] {
  const ids: readonly string[] = unitIds
  return [
    ...ids.flatMap((unitId, index): readonly LineProblem[] => {
      const pointer = `/unitIds/${index}`
      if (!units.has(unitId)) return [{ code: 'unit-unknown', pointer, unitId }]
      return ids.indexOf(unitId) === index ? [] : [{ code: 'unit-twice', pointer, unitId }]
    }),
    ...(ids.includes(initiator) ? [] : [{ code: 'initiator-not-in-line' as const, pointer: '/initiatorUnitId', unitId: initiator }]),
  ]
}
