import { type AppError, appError, type ErrorCode, invalidRequest, type Meta, type Violation, violation } from '@dual-random/errors'
import type { Result } from '@dual-random/kernel'
import type { PlanError } from '../domain/commands.ts'
import { asksForReason, type LineProblem } from '../domain/line-problem.ts'
import type { Plan } from '../domain/plan.ts'
import type { FiguresError } from '../domain/planned-draws.ts'

/** The value, or the error of the catalogue that stands for the refusal. */
export function orThrow<T, E>(result: Result<T, E>, toError: (error: E) => AppError): T {
  if (result.ok) return result.value
  throw toError(result.error)
}

export function planFailure(planId: string): (error: PlanError) => AppError {
  return ({ code, ...meta }) =>
    code === 'line-not-in-plan'
      ? appError('not-found', code, { meta })
      : appError(code === 'adjustment-empty' ? 'invalid' : 'failed-precondition', code, { meta: { planId, ...meta } })
}

export const adjustmentNotAllowed = (kind: string) => appError('failed-precondition', 'adjustment-not-allowed', { meta: { kind } })

export const policyUnset = ({ key }: { readonly key: string }, preset: string): AppError =>
  appError('failed-precondition', 'policy-unset', { meta: { key, preset } })

export function figuresFailure({ policy }: Pick<Plan, 'policy'>): (error: FiguresError) => AppError {
  return (error) => {
    if (error.code === 'policy-unset') return policyUnset(error, policy.preset)
    const { message: _message, ...rest } = { message: '', ...error }
    const { code, ...meta } = rest
    return appError('failed-precondition', code, { meta })
  }
}

const metaOf = (problem: Readonly<Record<string, string | number>>): Meta =>
  Object.fromEntries(Object.entries(problem).filter(([name]) => name !== 'code' && name !== 'pointer' && name !== 'message'))

/** A problem of a line in the place of the line in the request. */
export const violationOf = (problem: LineProblem, base: string, more: Meta = {}): Violation =>
  violation(`${base}${problem.pointer}`, problem.code satisfies ErrorCode, { ...metaOf(problem), ...more })

/** Problems of a line by its place in the request. */
export interface ProblemsOfLine {
  readonly base: string
  readonly problems: readonly LineProblem[]
}

/**
 * One error for all lines: an unset policy key stops everything (POL-04); lines that only lack a reason are a refusal that asks for it (CRD-04);
 * any other problem makes the request invalid.
 */
export function lineFailure(lines: readonly ProblemsOfLine[], preset: string): AppError {
  const problems = lines.flatMap((line) => line.problems)
  const violations = lines.flatMap((line) => line.problems.map((problem) => violationOf(problem, line.base)))
  const unset = problems.find((problem) => problem.code === 'policy-unset')
  if (unset !== undefined) return policyUnset(unset, preset)
  const [first] = problems
  if (first === undefined || !problems.every(asksForReason)) return invalidRequest(violations)
  const code = first.code === 'ratio-outside-band' ? 'ratio-needs-reason' : (first.code satisfies ErrorCode)
  return appError('failed-precondition', code, { violations, meta: metaOf(first) })
}
