import { signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
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
    inputs: await Promise.all(draw.commitment.matchInputs.map(({ blob }) => blobs.bytes(blob))),
  })
  const blob = await blobs.put(bytes)
  const entry = await deps.logs.append(regionCode, {
    kind: 'match',
    drawId,
    digest,
    signature: signDigest(signer, 'match', regionCode, drawId, digest),
  })
  if (!entry.ok) throw appError('failed-precondition', 'draw-void')
  await witnessLog(deps, regionCode)
  await deps.loads.put(drawId, loads)
  const yearEnterprises = await enterprisesOfYear(deps, draw)
  return decideDraw(deps.draws, drawId, { type: 'match', matching: { digest, blob, shortOfTeam, yearEnterprises } })
}

/** Distinct enterprises that the region drew in the year of the line, this draw included: labels of two draws cannot be compared, so registry counts (CRD-08). */
async function enterprisesOfYear(deps: MatchDeps, { regionCode, line }: DrawIn<'DRAWN'>): Promise<number> {
  const drawn = await deps.draws.ofYear({ regionCode, year: line.year }, drawnStatuses)
  return deps.registry.countEnterprises(await Promise.all(drawn.map(({ drawId }) => drawnLabels(deps, drawId))))
}
