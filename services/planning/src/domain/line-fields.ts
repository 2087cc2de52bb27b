import type { Policy } from '@dual-random/policy'
import { type LineField, lineFieldNames } from './line-field-names.ts'
import type { LineContext } from './line-input.ts'
import type { LineProblem } from './line-problem.ts'
import { overrideGap } from './override-gap.ts'
import type { PlanLine, PlanType } from './plan.ts'

interface Field {
  /** The member that would state it. */
  readonly pointer: string
  readonly isStated: (line: PlanLine) => boolean
}

/** What the line says of its objects holds for each batch that says nothing of its own, and what all its batches say for the line. */
const hasObjects = ({ objectScope, scope, batches }: PlanLine): boolean =>
  objectScope !== undefined || scope !== undefined || batches.every((batch) => batch.scope !== undefined)

const fields: Readonly<Record<LineField, Field>> = {
  ITEMS: { pointer: '/itemCodes', isStated: ({ itemCodes }) => itemCodes.length > 0 },
  OBJECTS: { pointer: '/objectScope', isStated: hasObjects },
  RATIO: { pointer: '/ratios', isStated: ({ ratios }) => ratios.length > 0 },
  TIME_LIMIT: { pointer: '/batches', isStated: ({ batches }) => batches.length > 0 },
  INITIATOR: { pointer: '/initiatorUnitId', isStated: ({ initiatorUnitId }) => initiatorUnitId !== '' },
  PARTICIPANTS: { pointer: '/units', isStated: ({ units }) => units.length > 1 },
  BATCH_SCOPE: { pointer: '/batches', isStated: hasObjects },
  BATCH_QUANTITY: { pointer: '/batches', isStated: ({ batches }) => batches.every(({ share }) => share.numerator > 0) },
  BATCH_TIME: { pointer: '/batches', isStated: ({ batches }) => batches.every(({ window }) => window.start <= window.end) },
}

/** Fields of policy `plan.lineFields` that a line does not state; nobody takes part in a check that one department plans for itself. */
export const missingFields = (policy: Policy, planType: PlanType, line: PlanLine): readonly LineField[] =>
  (policy.find('plan.lineFields') ?? []).filter(
    (field) => (field !== 'PARTICIPANTS' || planType === 'JOINT') && !fields[field].isStated(line),
  )

interface FieldsContext extends Pick<LineContext, 'policy' | 'act'> {
  readonly plan: Pick<LineContext['plan'], 'planType' | 'unitId'>
}

/** What keeps a line from being filed (PLN-13): each missing field, unless a reason overrides a rule that policy states by default (POL-07). A draft may lack them. */
export function lineFieldProblems(line: PlanLine, { policy, plan, act }: FieldsContext): readonly LineProblem[] {
  const missing = plan.planType === undefined ? [] : missingFields(policy, plan.planType, line)
  if (missing.length === 0) return []
  const reasons = line.reasons.filter(({ rule }) => rule === 'LINE_FIELD_MISSING')
  if (overrideGap(policy, 'plan.lineFields', reasons, { act, unitId: plan.unitId }) === undefined) return []
  const { lineId } = line
  return missing.map((field) => ({
    code: 'line-field-missing',
    pointer: fields[field].pointer,
    lineId,
    field,
    fieldName: lineFieldNames[field],
  }))
}
