import { lastCheckers, type MadeCheck } from '../domain/last-check.ts'
import type { OpenDraw, OpenedInspector } from './frozen-draw.ts'
import type { FrozenDraw, FrozenDraws, MadeChecks } from './ports.ts'

export interface LastInspectorDeps {
  readonly draws: FrozenDraws
  readonly madeChecks: MadeChecks
}

/**
 * By object id the labels, ascending, of the draw's inspectors who made the last check of it by the unit they are in at the snapshot, as registry
 * had heard of by then. What a redraw's own family has checked is the check in hand and no last one: of its teams the redraw itself says who stays.
 */
export async function lastInspectors(
  deps: LastInspectorDeps,
  { draw }: Pick<OpenDraw, 'draw'>,
  inspectors: readonly OpenedInspector[],
  objectIds: readonly string[],
): Promise<(objectId: string) => readonly string[]> {
  const heard = await deps.madeChecks.ofObjects(objectIds, draw.asOf)
  const isInHand = await checkInHand(deps.draws, draw, [...heard.values()].flat())
  const byId = new Map(inspectors.map((opened) => [opened.inspector.inspectorId as string, opened]))
  return (objectId) => {
    const checks = (heard.get(objectId) ?? []).filter((check) => !isInHand(check))
    const labels = [...lastCheckers(checks)].flatMap(([unitId, inspectorIds]) =>
      [...inspectorIds].flatMap((id) => {
        const opened = byId.get(id)
        return opened?.inspector.unitId === unitId ? [opened.label] : []
      }),
    )
    return labels.sort()
  }
}

/** Whether a check is one of the family of a redraw: of its parent, or of a redraw of that, which has the parent's labels too. */
async function checkInHand(draws: FrozenDraws, draw: FrozenDraw, checks: readonly MadeCheck[]): Promise<(check: MadeCheck) => boolean> {
  const family = draw.labelsOf
  if (family === undefined) return () => false
  const drawIds = [...new Set(checks.flatMap(({ drawId }) => drawId ?? []))]
  const frozen = await Promise.all(drawIds.map((drawId) => draws.get(drawId)))
  const own = new Set(drawIds.filter((drawId, index) => drawId === family || frozen[index]?.labelsOf === family))
  return ({ drawId }) => drawId !== undefined && own.has(drawId)
}
