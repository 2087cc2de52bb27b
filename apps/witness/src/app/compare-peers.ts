import { WitnessServiceClient } from '@dual-random/contracts/witness'
import { createGrpcClient, type GrpcClient } from '@dual-random/grpc'
import { type Logger, type Metrics, newTraceId } from '@dual-random/runtime'
import { type CosignedCheckpoint, parseCosignedCheckpoint, parseLogLine, type Submission } from '@dual-random/witness'
import type { RegionWitness } from './region-witness.ts'

const timeoutMs = 10_000

export interface Peer {
  readonly witnessId: string
  readonly client: GrpcClient<WitnessServiceClient>
}

export const openPeers = (addresses: ReadonlyMap<string, string>, metrics: Metrics): readonly Peer[] =>
  [...addresses].map(([witnessId, address]) => ({
    witnessId,
    client: createGrpcClient(WitnessServiceClient, {
      address,
      peer: witnessId,
      idempotent: ['getCheckpoint', 'streamLines', 'listReveals'],
      metrics,
    }),
  }))

/**
 * Looks at what every other witness cosigned last. A fork shown to two groups of witnesses comes to light here, although neither group alone
 * sees it (rule 5). A peer that does not answer is passed over: it is asked again in the next round.
 */
export async function comparePeers(
  regions: readonly RegionWitness[],
  peers: readonly Peer[],
  logger: Logger,
  signal: AbortSignal,
): Promise<void> {
  for (const peer of peers) {
    for (const region of regions) {
      if (signal.aborted) return
      if (!region.isWitnessedBy(peer.witnessId)) continue
      try {
        await compareOne(region, peer, signal)
      } catch (err) {
        logger.warn({ err, peer: peer.witnessId, regionCode: region.regionCode }, 'witness not compared')
      }
    }
  }
}

async function compareOne(region: RegionWitness, { client }: Peer, signal: AbortSignal): Promise<void> {
  if (region.seq < 0 || region.isForked) return
  const context = () => ({ deadline: Date.now() + timeoutMs, traceId: newTraceId(), signal })
  const answer = await client.unary('getCheckpoint', { regionCode: region.regionCode }, context())
  if (answer.checkpoint === undefined) return
  const theirs = parseCosignedCheckpoint(answer.checkpoint)
  if (!theirs.ok) throw new Error(`a checkpoint that cannot be read: ${theirs.error.pointer} ${theirs.error.reason}`)
  const from = Math.min(region.seq, theirs.value.checkpoint.seq)
  const lines: Submission['lines'][number][] = []
  if (theirs.value.checkpoint.seq > region.seq) {
    for await (const part of client.stream('streamLines', { regionCode: region.regionCode, fromSeq: from }, context())) {
      for (const text of part.lines) {
        const line = parseLogLine(text)
        if (!line.ok) throw new Error(`a line that cannot be read: ${line.error.pointer} ${line.error.reason}`)
        lines.push(line.value)
      }
    }
  }
  await region.compare({ lines, checkpoint: signedOf(theirs.value) })
}

const signedOf = ({ checkpoint, keyId, signature }: CosignedCheckpoint): Submission['checkpoint'] => ({ checkpoint, keyId, signature })
