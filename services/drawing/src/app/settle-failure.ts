import type { UnitId } from '@dual-random/kernel'
import type { FailedRecord } from '@dual-random/witness'
import type { DrawCommand } from '../domain/commands.ts'
import type { Draw } from '../domain/draw.ts'
import { decideDraw } from './decide-draw.ts'
import type { Deps } from './require.ts'

export const failCommand = (
  { reason, unitId }: FailedRecord,
  at: Extract<DrawCommand, { type: 'fail' }>['failure']['at'],
): DrawCommand => ({
  type: 'fail',
  failure: { reason, unitId: unitId as UnitId, at },
})

/** Carries a failure that stands in the log over to the draw, where whoever entered it was cut off before; undefined where there is none. */
export async function settleFailure(deps: Deps<'draws' | 'logs'>, { regionCode, drawId }: Draw): Promise<Draw | undefined> {
  const entry = (await deps.logs.ofDraw(regionCode, drawId)).find(({ kind }) => kind === 'failed')
  return entry && decideDraw(deps, drawId, failCommand(entry.record as FailedRecord, entry.receivedAt))
}
