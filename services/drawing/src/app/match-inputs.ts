import { type MatchInput, matchInputText, objectsWithoutTeam } from '@dual-random/draw'
import { type AppError, appError } from '@dual-random/errors'
import { assertNever, toHex, utf8 } from '@dual-random/kernel'
import type { DrawIn, FreezeRequest } from '../domain/draw.ts'
import { type Candidate, type MatchFileError, matchInputOf, type Needs, parseMatchInput } from '../domain/match-files.ts'
import { sumLoads } from '../domain/matching.ts'
import type { LineUnit } from '../domain/plan-line.ts'
import { readText, storeText } from './draw-files.ts'
import type { Deps } from './require.ts'

type MatchInputDeps = Deps<'registry' | 'loads' | 'draws' | 'keys' | 'blobs' | 'hash'>

export interface StoredMatchInput {
  readonly input: MatchInput
  readonly digest: string
  readonly blob: string
}

/** As many labels as one call may name. */
const labelsPerCall = 5000

/** Makes and stores the private file of every matching unit over all labels that may be drawn (rule 10). */
export async function makeMatchInputs(
  deps: MatchInputDeps,
  request: FreezeRequest,
  labels: readonly string[],
): Promise<readonly StoredMatchInput[]> {
  const loads = await earlierLoads(deps, request)
  const made: StoredMatchInput[] = []
  for (const unit of request.line.units) {
    const { candidates, needs } = await askRegistry(deps, request, unit, labels)
    const nonce = deps.keys.nonce('match-input', request.drawId, unit.unitId)
    const { drawId, line, terms } = request
    const input = matchInputOf({ drawId, nonce, line, terms, unit, candidates, needs, loads })
    if (!input.ok) throw refusalOf(input.error)
    const text = matchInputText(input.value)
    made.push({ input: input.value, digest: toHex(deps.hash.digest(utf8(text))), blob: await storeText(deps.blobs, text) })
  }
  return made
}

/** The loads as of the snapshot: what the draws known to the freeze have assigned. */
async function earlierLoads({ draws, loads }: MatchInputDeps, { earlierDrawIds }: FreezeRequest): Promise<ReadonlyMap<string, number>> {
  for (const drawId of earlierDrawIds) {
    const earlier = await draws.load(drawId)
    // Matching follows the draw at once; a draw in between was cut off and its sweep has not come round yet.
    if (earlier?.status === 'DRAWN') throw appError('unavailable', 'earlier-match-pending', { meta: { drawId }, retryAfterMs: 5000 })
  }
  return sumLoads(await loads.ofDraws(earlierDrawIds))
}

async function askRegistry(
  { registry }: MatchInputDeps,
  { drawId }: FreezeRequest,
  unit: LineUnit,
  labels: readonly string[],
): Promise<{ candidates: readonly Candidate[]; needs: readonly Needs[] }> {
  const candidates = new Map<string, Candidate>()
  const needs: Needs[] = []
  // Once even where every object is barred: who could have been matched is part of the file.
  for (let start = 0; start === 0 || start < labels.length; start += labelsPerCall) {
    const part = await registry.matchInputs(drawId, labels.slice(start, start + labelsPerCall), unit.itemCodes)
    for (const candidate of part.candidates) candidates.set(candidate.label, candidate)
    for (const one of part.needs) if (one.specialities.length > 0 || one.recusals.length > 0) needs.push(one)
  }
  return { candidates: [...candidates.values()], needs }
}

function refusalOf(error: MatchFileError): AppError {
  switch (error.code) {
    case 'no-eligible-inspector':
      return appError('failed-precondition', 'no-eligible-inspector', { meta: { unitId: error.unitId } })
    case 'team-size-unset':
      return appError('failed-precondition', 'team-size-unset', { meta: { unitId: error.unitId } })
    case 'too-few-stations':
    case 'too-many-stations':
      return appError('failed-precondition', 'stations-mismatch-mode', { meta: { mode: error.mode } })
    default:
      return assertNever(error)
  }
}

/** How many of the labels could not get a full team from these inputs. */
export const countWithoutTeam = (inputs: readonly StoredMatchInput[], labels: readonly string[]): number =>
  objectsWithoutTeam(
    inputs.map(({ input }) => input),
    labels,
  ).length

/** The inputs a commitment names, read back. */
export const readMatchInputs = (
  { blobs }: Deps<'blobs'>,
  { commitment }: Pick<DrawIn<'DRAWN'>, 'commitment'>,
): Promise<readonly MatchInput[]> =>
  Promise.all(commitment.matchInputs.map(async ({ blob }) => parseMatchInput(await readText(blobs, blob))))
