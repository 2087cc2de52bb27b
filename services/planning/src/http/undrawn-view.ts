import type { JointException } from '../domain/joint-scope.ts'
import type { PlanVersion } from '../domain/plan.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'

/** What of a version is not drawn, and what the version reflects. */
export const undrawnView = ({ undrawn = [], priorities = [] }: PlanVersion) => ({ undrawn: undrawn.map(undrawnLineView), priorities })

export function undrawnLineView({ commandId: _commandId, ...line }: UndrawnLine) {
  return line
}

/** Without the names of those who worked on it. */
export function publicUndrawnLine(line: UndrawnLine) {
  const { jointException, reasons, ...view } = undrawnLineView(line)
  return {
    ...view,
    ...publicException(jointException),
    reasons: reasons.map(({ rule, reason, legalBasis }) => ({ rule, reason, legalBasis })),
  }
}

export const publicException = (exception: JointException | undefined) =>
  exception === undefined ? {} : { jointException: { ground: exception.ground, basis: exception.basis } }
