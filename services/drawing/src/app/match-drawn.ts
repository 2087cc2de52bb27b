import { signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Draw, DrawIn } from '../domain/draw.ts'
import { decideDraw } from './decide-draw.ts'
import { type Deps, requireSigner } from './require.ts'

type MatchDeps = Deps<'draws' | 'logs' | 'blobs' | 'loads' | 'keys' | 'computations'>

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
  await deps.loads.put(drawId, loads)
  return decideDraw(deps.draws, drawId, { type: 'match', matching: { digest, blob, shortOfTeam } })
}
