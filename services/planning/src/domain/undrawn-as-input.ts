import type { GivenUndrawnLine, KeyLineInput, UndrawnLine } from './undrawn-line.ts'

/** A line without a draw as a planner could have given it: built again it is the same as long as nothing changed around it. */
export function asUndrawnInput(line: UndrawnLine): GivenUndrawnLine {
  const { kind, taskName, initiatorUnitId, unitIds, window, matter, jointException: exception } = line
  const given: Omit<KeyLineInput, 'kind' | 'listId' | 'matterId'> = {
    taskName,
    initiatorUnitId,
    unitIds,
    window,
    ...(exception === undefined ? {} : { jointException: { ground: exception.ground, basis: exception.basis } }),
  }
  if (kind === 'KEY_SUPERVISION') {
    if (matter === undefined) throw new Error(`key supervision without a matter: ${line.lineId}`)
    return { ...given, kind, listId: matter.listId, matterId: matter.matterId, stages: matter.stages }
  }
  const { field, objectScope, objects, itemCodes, basis, problem, reasons } = line
  return {
    ...given,
    kind,
    field,
    objectScope,
    objects,
    itemCodes,
    ...(basis === undefined ? {} : { basis }),
    ...(problem === undefined ? {} : { problem: { ...problem, trigger: problem.trigger.id } }),
    reasons,
  }
}
