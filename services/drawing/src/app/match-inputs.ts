import { type AppError, appError } from '@dual-random/errors'
import { assertNever, type DrawId, type UnitId, utf8 } from '@dual-random/kernel'
import type { FreezeRequest } from '../domain/draw.ts'
import type { Candidate, MatchFileError } from '../domain/match-files.ts'
import { sumLoads } from '../domain/matching.ts'
import type { LineUnit } from '../domain/plan-line.ts'
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
  { drawId, line, terms, earlierDrawIds }: FreezeRequest,
  { labels, labelParts }: DrawableLabels,
): Promise<StoredMatchInputs> {
  const { keys, blobs, computations } = deps
  const loads = await earlierLoads(deps, earlierDrawIds)
  const units: UnitParts[] = []
  for (const unit of line.units) {
    const nonce = keys.nonce('match-input', drawId, unit.unitId)
    units.push({ drawId, nonce, line, terms, unit, loads, ...(await askRegistry(deps, drawId, unit, labels)) })
  }
  const made = await computations.matchFiles({ units, labels: labelParts })
  if (!made.ok) throw refusalOf(made.error)
  const { files, withoutTeam } = made.value
  const inputs: StoredMatchInput[] = []
  for (const [index, { digest, bytes }] of files.entries()) {
    inputs.push({ unitId: (line.units[index] as LineUnit).unitId, digest, blob: await blobs.put(bytes) })
  }
  return { inputs, withoutTeam }
}

/** The loads as of the snapshot: what the draws known to the freeze have assigned. */
async function earlierLoads({ draws, loads }: MatchInputDeps, earlierDrawIds: readonly DrawId[]): Promise<ReadonlyMap<string, number>> {
  for (const drawId of earlierDrawIds) {
    const earlier = await draws.load(drawId)
    // Matching follows the draw at once; a draw in between was cut off and its sweep has not come round yet.
    if (earlier?.status === 'DRAWN') throw appError('unavailable', 'earlier-match-pending', { meta: { drawId }, retryAfterMs: 5000 })
  }
  return sumLoads(await loads.ofDraws(earlierDrawIds))
}

async function askRegistry(
  { registry }: MatchInputDeps,
  drawId: DrawId,
  unit: LineUnit,
  labels: readonly string[],
): Promise<{ readonly candidates: readonly Candidate[]; readonly needs: readonly Uint8Array[] }> {
  const candidates = new Map<string, Candidate>()
  const needs: Uint8Array[] = []
  // Once even where every object is barred: who could have been matched is part of the file.
  for (let start = 0; start === 0 || start < labels.length; start += labelsPerCall) {
    const part = await registry.matchInputs(drawId, labels.slice(start, start + labelsPerCall), unit.itemCodes)
    for (const candidate of part.candidates) candidates.set(candidate.label, candidate)
    const some = part.needs.filter(({ specialities, recusals }) => specialities.length > 0 || recusals.length > 0)
    if (some.length > 0) needs.push(utf8(JSON.stringify(some)))
  }
  return { candidates: [...candidates.values()], needs }
}

function refusalOf(error: MatchFileError): AppError {
  switch (error.code) {
    case 'no-eligible-inspector':
      return appError('failed-precondition', 'no-eligible-inspector', { meta: { unitId: error.unitId } })
    case 'team-size-unset':
      return appError('failed-precondition', 'team-size-unset', { meta: { unitId: error.unitId } })
    case 'unknown-mode':
      // Planning's contract names the modes a line may have.
      throw new Error(`no selection mode ${error.mode}`)
    case 'too-few-stations':
    case 'too-many-stations':
      return appError('failed-precondition', 'stations-mismatch-mode', { meta: { mode: error.mode } })
    default:
      return assertNever(error)
  }
}
