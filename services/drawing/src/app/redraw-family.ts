import type { MatchRecord } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { RegionCode } from '@dual-random/kernel'
import { stratumOfLine } from '../domain/cities.ts'
import { cameToNothing, type Draw, type DrawIn } from '../domain/draw.ts'
import { type ApprovedOrder, cityOf, type FamilyMember, isApproved } from '../domain/redraw.ts'
import { readText, readTranscript } from './draw-files.ts'
import { type Deps, requireDraw } from './require.ts'

/**
 * A draw and all redraws of it that were drawn in a city, in their order, under the names that strata have in that city's roster. Redraws follow one another,
 * so each must be matched, or have come to nothing, before the next.
 */
export async function redrawFamily(
  deps: Deps<'draws' | 'blobs'>,
  { drawId }: Pick<Draw, 'drawId'>,
  regionCode: RegionCode,
): Promise<readonly FamilyMember[]> {
  const parent = await requireDraw(deps.draws, drawId)
  const ended = (await deps.draws.redrawsOf(parent.drawId)).filter((draw) => draw.regionCode === regionCode && !cameToNothing(draw))
  return Promise.all([parent, ...ended].map((draw) => familyMember(deps, requireMatched(draw), regionCode)))
}

/** Of a draw of several cities and its redraws, in whose roster each drawn label stands; empty where one city drew. */
export async function citiesOfLabels(deps: Deps<'draws' | 'blobs'>, parent: Draw): Promise<ReadonlyMap<string, RegionCode>> {
  const { ofCities } = requireMatched(parent).transcript
  const cities = new Map(ofCities?.flatMap(({ regionCode, labels }) => labels.map((label) => [label, regionCode] as const)))
  if (ofCities === undefined) return cities
  for (const redraw of await deps.draws.redrawsOf(parent.drawId)) {
    if (redraw.status !== 'MATCHED' && redraw.status !== 'CLOSED') continue
    const { transcript } = await readTranscript(deps.blobs, redraw.transcript.blob)
    for (const label of transcript.batches.flat()) cities.set(label, redraw.regionCode)
  }
  return cities
}

/** The approved orders of a city whose redraw was begun: all of these have ended where the family can be read. */
export async function begunOrders({ draws }: Deps<'draws'>, parent: Draw, regionCode: RegionCode): Promise<ReadonlySet<number>> {
  const begun = new Set(
    (await draws.redrawsOf(parent.drawId)).filter((redraw) => redraw.regionCode === regionCode).map(({ batch }) => batch),
  )
  return new Set(approvedIn(parent, regionCode).flatMap(({ order, number }) => (begun.has(number) ? [order] : [])))
}

/** Its approved orders in a city, in their order. */
export const approvedIn = (parent: Draw, regionCode: RegionCode): readonly ApprovedOrder[] =>
  parent.status === 'MATCHED' ? (parent.redraws ?? []).filter(isApproved).filter((order) => cityOf(parent, order) === regionCode) : []

type Matched = DrawIn<'MATCHED' | 'CLOSED'>

function requireMatched(draw: Draw): Matched {
  if (draw.status === 'MATCHED' || draw.status === 'CLOSED') return draw
  if (draw.redraw === undefined) throw appError('failed-precondition', 'draw-not-matched', { meta: { status: draw.status } })
  throw appError('failed-precondition', 'redraw-unfinished', { meta: { drawId: draw.drawId } })
}

async function familyMember({ blobs }: Deps<'blobs'>, draw: Matched, regionCode: RegionCode): Promise<FamilyMember> {
  const { drawId, line, redraw, transcript, matching } = draw
  const { transcript: read } = await readTranscript(blobs, transcript.blob)
  const { matches } = JSON.parse(await readText(blobs, matching.blob)) as MatchRecord
  const own = transcript.ofCities && new Set(transcript.ofCities.find((city) => city.regionCode === regionCode)?.labels)
  const drawn = read.strata.flatMap(({ stratum, drawn: members }) =>
    members.flatMap(({ label }) => (own === undefined || own.has(label) ? [[label, stratumOfLine(line, { stratum })] as const] : [])),
  )
  return {
    drawId,
    transcript: transcript.digest,
    ...(redraw === undefined ? {} : { purpose: redraw.purpose }),
    drawn: drawn.map(([label]) => label),
    labels: redraw?.places.map(({ label }) => label) ?? [],
    stratumOf: new Map(drawn),
    matches,
    asked: redraw?.teams ?? [],
  }
}
