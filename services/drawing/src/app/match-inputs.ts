import { type AppError, appError } from '@dual-random/errors'
import { assertNever, type DrawId, type UnitId, utf8 } from '@dual-random/kernel'
import { citiesOf, type PartRef, partOf } from '../domain/cities.ts'
import type { FreezeRequest } from '../domain/draw.ts'
import type { Candidate, MatchFileError } from '../domain/match-files.ts'
import { sumLoads } from '../domain/matching.ts'
import { type LineUnit, matchingUnitOf } from '../domain/plan-line.ts'
import type { UnitParts } from './computations.ts'
import type { Deps } from './require.ts'
import type { DrawableLabels } from './roster-file.ts'

type MatchInputDeps = Deps<'registry' | 'loads' | 'draws' | 'keys' | 'blobs' | 'computations'>

export interface StoredMatchInput {
  readonly unitId: UnitId
  readonly digest: string
  readonly blob: string
}

export interface StoredMatchInputs {
  readonly inputs: readonly StoredMatchInput[]
  /** How many of the labels could not get a full team from these inputs. */
  readonly withoutTeam: number
}

/** As many labels as one call may name. */
const labelsPerCall = 5000

/** Makes and stores the private file of every matching unit over all labels that may be drawn (rule 10). */
export async function makeMatchInputs(
  deps: MatchInputDeps,
  request: FreezeRequest,
  drawable: readonly DrawableLabels[],
): Promise<StoredMatchInputs> {
  const { blobs, computations } = deps
  const units = await unitParts(deps, request, drawable)
  const labels = drawable.flatMap(({ labelParts }) => labelParts)
  const labelsOf = request.line.joint && drawable.flatMap(({ regionCode, labelParts }) => labelParts.map(() => regionCode))
  const made = await computations.matchFiles({ units, labels, ...(labelsOf === undefined ? {} : { labelsOf }) })
  if (!made.ok) throw matchRefusal(made.error)
  const { files, withoutTeam } = made.value
  const inputs: StoredMatchInput[] = []
  for (const [index, { digest, bytes }] of files.entries()) {
    inputs.push({ unitId: matchingUnitOf((units[index] as UnitParts).unit), digest, blob: await blobs.put(bytes) })
  }
  return { inputs, withoutTeam }
}

/** What the files of the matching units are made of; of a re-match, of the units that match anew. */
export async function unitParts(
  deps: Pick<MatchInputDeps, 'registry' | 'loads' | 'draws' | 'keys'>,
  request: FreezeRequest,
  drawable: readonly Pick<DrawableLabels, 'regionCode' | 'labels'>[],
): Promise<readonly UnitParts[]> {
  const { drawId, line, terms, redraw } = request
  const earlier = [request, ...(request.others ?? [])].flatMap(({ earlierDrawIds }) => earlierDrawIds)
  const loads = await earlierLoads(deps, [...new Set(earlier)].sort())
  const units: UnitParts[] = []
  for (const city of citiesOf(line)) {
    const { regionCode, initiatorUnitId } = city
    const labels = drawable.find((one) => one.regionCode === regionCode)?.labels ?? []
    for (const unit of city.units) {
      const remaining = redraw?.purpose === 'rematch' ? redraw.teams.filter(({ unitId }) => unitId === matchingUnitOf(unit)) : undefined
      if (remaining?.length === 0) continue
      const nonce = deps.keys.nonce('match-input', drawId, matchingUnitOf(unit))
      const anew = remaining === undefined ? {} : { remaining }
      const ofCity = line.joint === undefined ? {} : { city: { regionCode, initiatorUnitId } }
      const asked = await askRegistry(deps, partOf(request, regionCode), unit, labels)
      units.push({ drawId, nonce, line, terms, unit, loads, ...anew, ...ofCity, ...asked })
    }
  }
  return units
}

/** The loads as of the snapshot: what the draws known to the freeze have assigned. */
async function earlierLoads(
  { draws, loads }: Pick<MatchInputDeps, 'draws' | 'loads'>,
  earlierDrawIds: readonly DrawId[],
): Promise<ReadonlyMap<string, number>> {
  for (const drawId of earlierDrawIds) {
    const earlier = await draws.load(drawId)
    // Matching follows the draw at once; a draw in between was cut off and its sweep has not come round yet.
    if (earlier?.status === 'DRAWN') throw appError('unavailable', 'earlier-match-pending', { meta: { drawId }, retryAfterMs: 5000 })
  }
  return sumLoads(await loads.ofDraws(earlierDrawIds))
}

async function askRegistry(
  { registry }: Pick<MatchInputDeps, 'registry'>,
  part: PartRef,
  unit: LineUnit,
  labels: readonly string[],
): Promise<{ readonly candidates: readonly Candidate[]; readonly needs: readonly Uint8Array[] }> {
  const candidates = new Map<string, Candidate>()
  const needs: Uint8Array[] = []
  // Once even where every object is barred: who could have been matched is part of the file.
  for (let start = 0; start === 0 || start < labels.length; start += labelsPerCall) {
    const answer = await registry.matchInputs(part, labels.slice(start, start + labelsPerCall), unit.itemCodes)
    for (const candidate of answer.candidates) candidates.set(candidate.label, candidate)
    const some = answer.needs.filter((one) => one.specialities.length + one.recusals.length + one.lastInspectors.length > 0)
    if (some.length > 0) needs.push(utf8(JSON.stringify(some)))
  }
  return { candidates: [...candidates.values()], needs }
}

export function matchRefusal(error: MatchFileError): AppError {
  switch (error.code) {
    case 'no-eligible-inspector':
      return appError('failed-precondition', 'no-eligible-inspector', { meta: { unitId: error.unitId } })
    case 'team-size-unset':
      return appError('failed-precondition', 'team-size-unset', { meta: { unitId: error.unitId } })
    case 'unknown-mode':
      return appError('failed-precondition', 'selection-mode-unknown', { meta: { mode: error.mode, allowed: error.allowed.join(', ') } })
    case 'mode-exists':
    case 'mode-name':
    case 'mode-without-candidates':
      // Policy takes no such definition.
      throw new Error(`policy defines the mode ${error.mode} as ${error.code}`)
    case 'too-few-stations':
    case 'too-many-stations':
      return appError('failed-precondition', 'stations-mismatch-mode', { meta: { mode: error.mode } })
    default:
      return assertNever(error)
  }
}
