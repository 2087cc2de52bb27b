import type { LineInput } from './line-input.ts'
import type { PlanLine } from './plan.ts'

/** A line as a planner could have given it: built again it is the same. */
export function asInput(line: PlanLine): LineInput {
  const { joint, count, ratios, objectScope, scope, checkBatches, jointException, repeatGround, source } = line
  return {
    taskName: line.taskName,
    ...(objectScope === undefined ? {} : { objectScope }),
    ...(scope === undefined ? {} : { scope }),
    itemCodes: line.itemCodes,
    ...(count === undefined ? { ratios } : { count }),
    initiatorUnitId: line.initiatorUnitId,
    units: line.units.map(({ delegation, ...unit }) => {
      if (delegation === undefined) return unit
      const { kind: _kind, ...given } = delegation
      return { ...unit, delegation: given }
    }),
    ...(joint === undefined ? {} : { joint: { merged: joint.merged, cities: joint.cities.map(({ unitIds: _unitIds, ...city }) => city) } }),
    batches: line.batches.map(({ window, scope: ofBatch, share, freezeAt, commitAt }) => ({
      window,
      ...(ofBatch === undefined ? {} : { scope: ofBatch }),
      share,
      freezeAt,
      commitAt,
    })),
    ...(checkBatches === undefined ? {} : { checkBatches }),
    reasons: line.reasons,
    ...(jointException === undefined ? {} : { jointException: { ground: jointException.ground, basis: jointException.basis } }),
    ...(repeatGround === undefined ? {} : { repeatGround }),
    ...(source === undefined ? {} : { source }),
  }
}
