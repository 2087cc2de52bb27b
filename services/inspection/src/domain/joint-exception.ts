import { err, ok, type Result } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { OpeningGround } from './opening.ts'

/** Why a check is made outside joint checks, and on what it rests; `ground` is one of policy `exemptFromJoint` (PLN-22). */
export interface JointException {
  readonly ground: string
  readonly basis: string
}

export type JointExceptionRefusal =
  | { readonly code: 'joint-exception-missing'; readonly allowed: string }
  | { readonly code: 'joint-exception-unknown'; readonly ground: string; readonly allowed: string }
  | { readonly code: 'joint-exception-not-asked' }

const complaintOfViolation = 'COMPLAINT_OF_VIOLATION'

/**
 * A check without a draw is one department's. Where policy brings every check into joint checks it names its exception; a complaint is one
 * itself, with what it is known by as its basis.
 */
export function jointExceptionOf(
  policy: Policy,
  opening: OpeningGround,
  given: JointException | undefined,
): Result<JointException | undefined, JointExceptionRefusal> {
  const cases = policy.find('exemptFromJoint')
  if (cases === undefined) return given === undefined ? ok(undefined) : err({ code: 'joint-exception-not-asked' })
  const isCase = (ground: string) => cases.some(({ id }) => id === ground)
  const allowed = cases.map(({ id }) => id).join(', ')
  if (given !== undefined) return isCase(given.ground) ? ok(given) : err({ code: 'joint-exception-unknown', ground: given.ground, allowed })
  if (opening.ground === 'CLUE' && opening.source === 'COMPLAINT' && isCase(complaintOfViolation)) {
    return ok({ ground: complaintOfViolation, basis: opening.reference })
  }
  return err({ code: 'joint-exception-missing', allowed })
}
