import { matchFactsText, type ObjectFacts, parseRoster } from '@dual-random/draw'
import { labelsPerCall, type OpenDrawDeps, openDraw } from './frozen-draw.ts'
import { drawIdOf } from './frozen-id.ts'
import { type InspectorCandidate, matchInputs } from './match-inputs.ts'
import type { FrozenDraw } from './ports.ts'

export type MatchFactsDeps = OpenDrawDeps & Parameters<typeof matchInputs>[0]

/**
 * What drawing was to match by, over every label that may be drawn and all items of the draw, for whoever compares drawing's files with it. Read
 * from the dated records as of the snapshot, as drawing's own answer is, so that it can be asked at any time after.
 */
export async function matchFacts(deps: MatchFactsDeps, draw: FrozenDraw): Promise<string> {
  const open = await openDraw(deps, draw)
  const roster = parseRoster(new TextDecoder().decode(await deps.blobs.bytes(draw.files.roster)))
  if (!roster.ok) throw new Error(`the roster of draw ${draw.id} is not one: ${roster.error.code}`)
  const labels = roster.value.flatMap(({ label, excluded }) => (excluded ? [] : label))
  const { inspectors, needsOf } = await matchInputs(deps, open)
  const objects: ObjectFacts[] = []
  for (let start = 0; start < labels.length; start += labelsPerCall) {
    for (const { recusals, ...object } of await needsOf(labels.slice(start, start + labelsPerCall), []))
      if (object.specialities.length + recusals.length + object.lastInspectors.length > 0)
        objects.push({ ...object, recusals: recusals.map(({ holder, ground }) => ({ inspector: holder, ground })) })
  }
  const { regionCode, asOf } = draw
  return matchFactsText({ drawId: drawIdOf(draw), regionCode, asOf, inspectors: inspectors.map(factsOf), objects })
}

const factsOf = ({ label, salt, inspector, content, homeKind }: InspectorCandidate) => ({
  label,
  salt,
  id: inspector.inspectorId,
  unitId: inspector.unitId,
  // Whoever serves in no station serves in the office.
  homeKind: homeKind === 'STATION' ? ('STATION' as const) : ('OFFICE' as const),
  homeUnitId: content.homeUnitId,
  specialities: [...content.specialities].sort(),
  validTo: content.qualificationValidTo ?? null,
  recusalScope: content.recusal !== null,
})
