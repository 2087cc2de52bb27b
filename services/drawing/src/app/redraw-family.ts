import type { MatchRecord } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { DrawId } from '@dual-random/kernel'
import { cameToNothing, type Draw, type DrawIn } from '../domain/draw.ts'
import type { FamilyMember } from '../domain/redraw.ts'
import { readText, readTranscript } from './draw-files.ts'
import { type Deps, requireDraw } from './require.ts'

/** A draw and all redraws of it that were drawn, in their order. Redraws follow one another, so each must be matched, or have come to nothing, before the next. */
export async function redrawFamily(deps: Deps<'draws' | 'blobs'>, parentDrawId: DrawId): Promise<readonly FamilyMember[]> {
  const parent = await requireDraw(deps.draws, parentDrawId)
  const ended = (await deps.draws.redrawsOf(parentDrawId)).filter((draw) => !cameToNothing(draw))
  return Promise.all([parent, ...ended].map((draw) => familyMember(deps, requireMatched(draw))))
}

type Matched = DrawIn<'MATCHED' | 'CLOSED'>

function requireMatched(draw: Draw): Matched {
  if (draw.status === 'MATCHED' || draw.status === 'CLOSED') return draw
  if (draw.redraw === undefined) throw appError('failed-precondition', 'draw-not-matched', { meta: { status: draw.status } })
  throw appError('failed-precondition', 'redraw-unfinished', { meta: { drawId: draw.drawId } })
}

async function familyMember({ blobs }: Deps<'blobs'>, { drawId, redraw, transcript, matching }: Matched): Promise<FamilyMember> {
  const { transcript: read } = await readTranscript(blobs, transcript.blob)
  const { matches } = JSON.parse(await readText(blobs, matching.blob)) as MatchRecord
  const drawn = read.strata.flatMap(({ stratum, drawn: members }) => members.map(({ label }) => [label, stratum] as const))
  return {
    drawId,
    transcript: transcript.digest,
    ...(redraw === undefined ? {} : { purpose: redraw.purpose }),
    drawn: drawn.map(([label]) => label),
    labels: redraw?.places.map(({ label }) => label) ?? [],
    stratumOf: new Map(drawn),
    matches,
  }
}
