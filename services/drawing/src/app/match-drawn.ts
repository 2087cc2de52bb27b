import { signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { RegionCode } from '@dual-random/kernel'
import { otherRegionsOf } from '../domain/cities.ts'
import { type Draw, type DrawIn, drawnStatuses } from '../domain/draw.ts'
import { decideDraw } from './decide-draw.ts'
import { drawnLabels } from './drawn-labels.ts'
import { type Deps, requireSigner } from './require.ts'
import { type WitnessDeps, witnessLog } from './witness-log.ts'

type MatchDeps = WitnessDeps & Deps<'draws' | 'loads' | 'registry' | 'computations'>

/** Matches inspectors to the drawn labels from the files S names (rule 10): whenever it is done, the teams are the same. */
export async function matchDrawn(deps: MatchDeps, draw: DrawIn<'DRAWN'>): Promise<Draw> {
  const { keys, blobs } = deps
  const { regionCode, drawId } = draw
  const signer = requireSigner(keys, regionCode)
  const { digest, bytes, loads, shortOfTeam } = await deps.computations.matchTeams({
    drawId,
    transcriptDigest: draw.transcript.digest,
    nonce: keys.nonce('match', drawId),
    transcript: await blobs.bytes(draw.transcript.blob),
    ...(draw.transcript.ofCities === undefined ? {} : { ofCities: draw.transcript.ofCities }),
    inputs: await Promise.all(draw.commitment.matchInputs.map(({ blob }) => blobs.bytes(blob))),
  })
  const blob = await blobs.put(bytes)
  const entry = await deps.logs.append(regionCode, {
    kind: 'match',
    drawId,
    digest,
    signature: signDigest(signer, 'match', regionCode, drawId, digest),
  })
  if (!entry.ok) throw appError('failed-precondition', entry.error.code === 'draw-failed' ? 'draw-failed' : 'draw-void')
  await witnessLog(deps, regionCode)
  await deps.loads.put(drawId, loads)
  const yearEnterprises = await enterprisesOfYear(deps, draw, regionCode)
  const elsewhere = await Promise.all(
    otherRegionsOf(draw.line).map(async (other) => ({ regionCode: other, yearEnterprises: await enterprisesOfYear(deps, draw, other) })),
  )
  return decideDraw(deps, drawId, {
    type: 'match',
    matching: {
      digest,
      blob,
      shortOfTeam,
      yearEnterprises,
      ...(elsewhere.length === 0 ? {} : { elsewhere }),
      matchedAt: entry.value.receivedAt,
    },
  })
}

/** Distinct enterprises that were drawn in a region in the year of the line, this draw included: labels of two draws cannot be compared, so registry counts (CRD-08). */
async function enterprisesOfYear(deps: MatchDeps, { line }: DrawIn<'DRAWN'>, regionCode: RegionCode): Promise<number> {
  const drawn = await deps.draws.ofYear({ regionCode, year: line.year }, drawnStatuses)
  return deps.registry.countEnterprises(await Promise.all(drawn.map(({ drawId }) => drawnLabels(deps, drawId, regionCode))))
}
