import { type Principal, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { Clock } from '@dual-random/kernel'
import { decideObjection, type Objection, type ObjectionId, type ObjectionOutcome } from '../domain/objection.ts'
import type { Objections, Publications } from './ports.ts'
import { readPublicResult } from './read-records.ts'

export interface ObjectionDependencies {
  readonly publications: Publications
  readonly objections: Objections
  readonly clock: Clock
}

/** Someone of the public objects to a result that is public (PUB-28). */
export async function fileObjection(
  { publications, objections, clock }: ObjectionDependencies,
  objectionId: ObjectionId,
  input: { readonly publicationId: string; readonly text: string; readonly contact?: string | undefined },
): Promise<Objection> {
  const { publicationId, regionCode, unitId } = await readPublicResult(publications, input.publicationId)
  const { text, contact } = input
  return objections.create({
    objectionId,
    publicationId,
    regionCode,
    unitId,
    text,
    ...(contact === undefined ? {} : { contact }),
    filedAt: clock(),
  })
}

/** The publishing unit records the outcome. */
export async function settleObjection(
  { objections, clock }: ObjectionDependencies,
  objectionId: string,
  principal: Principal,
  { outcome, explanation }: { readonly outcome: ObjectionOutcome; readonly explanation: string },
): Promise<Objection> {
  const unknown = appError('not-found', 'objection-unknown', { meta: { objectionId } })
  const at = clock()
  const settled = await objections.update(objectionId, (current) => {
    if (current === undefined) throw unknown
    requireUnit(principal, current.unitId)
    const decided = decideObjection(current, { outcome, explanation, by: principal.subject, at })
    if (!decided.ok) throw appError('failed-precondition', decided.error.code, { meta: { outcome: decided.error.outcome } })
    return decided.value
  })
  if (settled === undefined) throw unknown
  return settled
}
