import type { Policy } from '@dual-random/policy'
import type { LineProblem } from './line-problem.ts'
import type { Act } from './plan.ts'

/** Why a check is made outside joint checks, and on what it rests (PLN-22). */
export interface JointException extends Act {
  /** One of policy `exemptFromJoint`. */
  readonly ground: string
  /** The law, the requirement, or the complaint. */
  readonly basis: string
}

export interface GivenException {
  readonly ground: string
  readonly basis: string
}

/** A policy that brings every check into joint checks lists the cases that stay out: outside them a single department's check names one, with its basis. */
export function jointScopeProblems(policy: Policy, joint: boolean, given: GivenException | undefined): readonly LineProblem[] {
  const cases = policy.find('exemptFromJoint')
  const pointer = '/jointException'
  if (cases === undefined) return given === undefined ? [] : [{ code: 'joint-exception-not-asked', pointer }]
  if (joint) return given === undefined ? [] : [{ code: 'joint-exception-not-asked', pointer }]
  const allowed = cases.map(({ id }) => id).join(', ')
  if (given === undefined) return [{ code: 'joint-exception-missing', pointer, allowed }]
  return cases.some(({ id }) => id === given.ground)
    ? []
    : [{ code: 'joint-exception-unknown', pointer: `${pointer}/ground`, ground: given.ground, allowed }]
}

/** What is kept of an exception, as a member of what it belongs to. */
export const recordedException = (given: GivenException | undefined, act: Act): { readonly jointException?: JointException } =>
  given === undefined ? {} : { jointException: { ...given, ...act } }
