import { assertNever, ok, type Result } from '@dual-random/kernel'
import { buildLine } from './build-line.ts'
import type { LineContext, LineIdentity, LineInput } from './line-input.ts'
import { asksForReason, type LineProblem } from './line-problem.ts'
import type { PlanLine, ReasonRule } from './plan.ts'

/** Another quantity or time for a line. */
export type LineChange = Pick<LineInput, 'ratios' | 'count' | 'window' | 'times' | 'batches' | 'reasons'>

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
  if (!built.error.every(asksForReason)) return built
  const { reasons = [] } = input
  const assumed = [...new Set(built.error.map(ruleOf))].map((rule) => ({ rule, reason: '测算', legalBasis: '测算' }))
  const again = buildLine({ ...input, reasons: [...reasons, ...assumed] }, context, identity)
  if (!again.ok) return again
  return ok({ line: { ...again.value, reasons: again.value.reasons.slice(0, reasons.length) }, needsReason: built.error })
}

type Asking = 'ratio-outside-band' | 'count-needs-reason' | 'item-needs-reason'

function ruleOf({ code }: LineProblem): ReasonRule {
  const asking = code as Asking
  switch (asking) {
    case 'ratio-outside-band':
      return 'RATIO_BAND'
    case 'count-needs-reason':
      return 'COUNT_INSTEAD_OF_RATIO'
    case 'item-needs-reason':
      return 'ITEM_IN_JOINT_PLAN'
    default:
      return assertNever(asking)
  }
}
