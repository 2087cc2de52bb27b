import { AppError } from '@dual-random/errors'
import { canonicalJson } from '@dual-random/kernel'
import { newTraceId } from '@dual-random/runtime'
import type { SignedReveal } from '@dual-random/witness'

const timeoutMs = 15_000

/** Hands a reveal to a witness over gRPC, which keeps it public; answers with why it did not take it. */
export async function handToWitness(
  address: string,
  regionCode: string,
  { keyId, record, signature }: SignedReveal,
): Promise<string | undefined> {
  // Only here: who checks credit codes does not wait for gRPC to load.
  const [{ WitnessServiceClient }, { createGrpcClient, tlsBeyondLoopback }] = await Promise.all([
    import('@dual-random/contracts/witness'),
    import('@dual-random/grpc'),
  ])
  const client = createGrpcClient(WitnessServiceClient, { address, peer: address, ...tlsBeyondLoopback(address) })
  try {
    const context = { deadline: Date.now() + timeoutMs, traceId: newTraceId() }
    await client.unary('submitReveal', { regionCode, reveal: canonicalJson({ keyId, record, signature }) }, context)
    return undefined
  } catch (thrown) {
    if (thrown instanceof AppError) return `${thrown.code} ${JSON.stringify(thrown.meta)}`
    return thrown instanceof Error ? thrown.message : String(thrown)
  } finally {
    client.close()
  }
}
