import { ok, type Result } from '@dual-random/kernel'
import { buildLine } from './build-line.ts'
import type { LineContext, LineIdentity, LineInput } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import type { PlanLine, ReasonRule } from './plan.ts'

/** Another quantity or time for a line, or what a rule is departed from for. */
export type LineChange = Pick<LineInput, 'ratios' | 'count' | 'window' | 'times' | 'batches' | 'checkBatches' | 'reasons' | 'repeatGround'>

/** A line as it would be with a change: ratios take the place of a number and the other way round, a window that of batches. */
export function withChange({ ratios, count, window, times, batches, ...input }: LineInput, change: LineChange): LineInput {
  const quantity = change.ratios === undefined && change.count === undefined ? { ratios, count } : {}
  const time = change.window === undefined && change.batches === undefined && change.times === undefined ? { window, times, batches } : {}
  return defined({ ...input, ...quantity, ...time, ...change })
}

const defined = (input: { readonly [Key in keyof LineInput]: LineInput[Key] | undefined }): LineInput =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as unknown as LineInput

export interface TentativeLine {
  readonly line: PlanLine
  /** What would ask for a reason before the line could be added (CRD-04, POL-07). */
  readonly needsReason: readonly LineProblem[]
}

/** A line that is only weighed: what a recorded reason would settle does not stop it, anything else does. */
export function tentativeLine(
  input: LineInput,
  context: LineContext,
  identity: LineIdentity,
): Result<TentativeLine, readonly LineProblem[]> {
  const built = buildLine(input, context, identity)
  if (built.ok) return ok({ line: built.value, needsReason: [] })
  const assumed = built.error.map(assumption)
  if (assumed.includes(undefined)) return built
  const { reasons = [] } = input
  const settled = assumed.reduce<LineInput>((whole, each) => ({ ...whole, ...each?.(whole) }), input)
  const again = buildLine(settled, context, identity)
  if (!again.ok) return again
  const { jointException, ...line } = again.value
  return ok({
    line: {
      ...line,
      reasons: line.reasons.slice(0, reasons.length),
      ...(input.jointException === undefined || jointException === undefined ? {} : { jointException }),
    },
    needsReason: built.error,
  })
}

type Assumption = (input: LineInput) => Partial<LineInput>

const assumedText = '测算'

const ruleOf: { readonly [Code in LineProblem['code']]?: ReasonRule } = {
  'ratio-outside-band': 'RATIO_BAND',
  'count-needs-reason': 'COUNT_INSTEAD_OF_RATIO',
  'item-needs-reason': 'ITEM_IN_JOINT_PLAN',
  'single-needs-reason': 'SINGLE_IN_JOINT_INDUSTRY',
}

/** What would settle a problem; undefined where nothing recorded does. */
function assumption(problem: LineProblem): Assumption | undefined {
  if (problem.code === 'joint-exception-missing') {
    const [ground = ''] = problem.allowed.split(', ')
    return () => ({ jointException: { ground, basis: assumedText } })
  }
  const rule = ruleOf[problem.code]
  return rule && (({ reasons = [] }) => ({ reasons: [...reasons, { rule, reason: assumedText, legalBasis: assumedText }] }))
}
