import type { Instant } from '@dual-random/kernel'
import type { PolicyValues } from '@dual-random/policy'
import type { CheckItem } from './check-item.ts'
import { type CreditResult, generalResultAt, resultAt, type StratumResult } from './credit-result.ts'

export type StrataField = PolicyValues['draw.professionalStrata'][number]

/** The professional field whose classes build the strata of a draw on these items: the first that every one of them is of (CRD-20). */
export const strataFieldOf = (
  fields: readonly StrataField[],
  items: readonly Pick<CheckItem, 'specialities'>[],
): StrataField | undefined =>
  items.length === 0
    ? undefined
    : fields.find((field) => items.every(({ specialities }) => specialities.some((each) => field.specialities.includes(each))))

/** The result that puts an object into its stratum, and the grade of the scheme that it counts as there. */
export interface StratifyingResult<R extends StratumResult = CreditResult> {
  readonly result: R
  readonly grade: string
}

/** The class of the draw's field as of an instant; the general result where the field has none of the object, or the draw has no field (CRD-13). */
export function stratifyingResultAt<R extends StratumResult>(
  record: { readonly results: readonly R[] } | undefined,
  field: StrataField | undefined,
  at: Instant,
): StratifyingResult<R> | undefined {
  if (field !== undefined) {
    const own = resultAt(record, { source: 'PROFESSIONAL_RESULT', field: field.field }, at)
    if (own !== undefined) return { result: own, grade: field.classes?.find((each) => each.class === own.grade)?.as ?? own.grade }
  }
  const general = generalResultAt(record, at)
  return general && { result: general, grade: general.grade }
}
