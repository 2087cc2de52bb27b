import { type MatchRecord, matchInspectors, matchRecordDigest, matchRecordText, signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Draw, DrawIn } from '../domain/draw.ts'
import { loadsOf, shortOfTeam } from '../domain/matching.ts'
import { decideDraw } from './decide-draw.ts'
import { readTranscript, storeText } from './draw-files.ts'
import { readMatchInputs } from './match-inputs.ts'
import { type Deps, requireSigner } from './require.ts'

type MatchDeps = Deps<'draws' | 'logs' | 'blobs' | 'loads' | 'keys' | 'hash'>

/** Matches inspectors to the drawn labels from the files S names (rule 10): whenever it is done, the teams are the same. */
export async function matchDrawn(deps: MatchDeps, draw: DrawIn<'DRAWN'>): Promise<Draw> {
  const { hash, keys, blobs } = deps
  const { regionCode, drawId } = draw
  const signer = requireSigner(keys, regionCode)
  const { transcript } = await readTranscript(blobs, draw.transcript.blob)
  const inputs = await readMatchInputs(deps, draw)
  const record: MatchRecord = {
    type: 'dual-random/match/v1',
    drawId,
    transcriptDigest: draw.transcript.digest,
    nonce: keys.nonce('match', drawId),
    matches: matchInspectors(hash, transcript.seed, transcript.strata, inputs),
  }
  const digest = matchRecordDigest(hash, record)
  const blob = await storeText(blobs, matchRecordText(record))
  const entry = await deps.logs.append(regionCode, {
    kind: 'match',
    drawId,
    digest,
    signature: signDigest(signer, 'match', regionCode, drawId, digest),
  })
  if (!entry.ok) throw appError('failed-precondition', 'draw-void')
  await deps.loads.put(drawId, loadsOf(inputs, record.matches))
  return decideDraw(deps.draws, drawId, { type: 'match', matching: { digest, blob, shortOfTeam: shortOfTeam(record.matches) } })
}
