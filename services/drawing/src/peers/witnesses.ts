import { ed25519Verify } from '@dual-random/beacon'
import type { WitnessServiceClient } from '@dual-random/contracts/witness'
import { type DrawHash, ndjson } from '@dual-random/draw'
import { AppError, appError } from '@dual-random/errors'
import type { GrpcClient } from '@dual-random/grpc'
import { canonicalJson, type RegionCode } from '@dual-random/kernel'
import { newTraceId } from '@dual-random/runtime'
import { checkpointsText, isCosigned, type KeysFile, parseCosignature } from '@dual-random/witness'
import { Counter, type Registry } from 'prom-client'
import type { Witnesses } from '../app/ports.ts'

export type WitnessClient = GrpcClient<WitnessServiceClient>

export interface WitnessesOptions {
  readonly keys: ReadonlyMap<RegionCode, KeysFile>
  readonly clients: ReadonlyMap<string, WitnessClient>
  readonly hash: DrawHash
  readonly timeoutMs: number
  readonly answers: WitnessAnswers
}

export type WitnessAnswers = Counter<'region' | 'witness' | 'outcome'>

/** Counts `answered`, `refused` (it said no) and `failed` (no answer, or one that does not hold). */
export const witnessAnswers = (registry: Registry): WitnessAnswers =>
  new Counter({
    name: 'dr_witness_answers_total',
    help: 'Answers of the witnesses of region logs',
    labelNames: ['region', 'witness', 'outcome'],
    registers: [registry],
  })

const oneLine = (text: string): string => text.trimEnd()

/** Asks witnesses over gRPC, without a token, and believes a cosignature only once its signature holds. */
export function witnessPeers({ keys, clients, hash, timeoutMs, answers }: WitnessesOptions): Witnesses {
  const ask: Witnesses['cosign'] = async (regionCode, witnessId, { lines, commitments, checkpoint, proofs }, signal) => {
    const client = clients.get(witnessId)
    const witness = keys.get(regionCode)?.witnesses.find((one) => one.witnessId === witnessId)
    if (client === undefined || witness === undefined) throw new Error(`no witness ${witnessId} of region ${regionCode}`)
    const request = {
      regionCode,
      lines: lines.map((line) => oneLine(ndjson([line]))),
      commitments: [...commitments],
      checkpoint: canonicalJson(checkpoint),
      proofs: proofs.map((proof) => oneLine(checkpointsText([proof]))),
    }
    const context = { deadline: Date.now() + timeoutMs, traceId: newTraceId(), ...(signal === undefined ? {} : { signal }) }
    const answer = parseCosignature((await client.unary('cosign', request, context)).cosignature)
    if (
      !answer.ok ||
      answer.value.witnessId !== witnessId ||
      !isCosigned(hash, checkpoint.checkpoint, answer.value, witness, ed25519Verify)
    ) {
      throw appError('unavailable', 'witness-answer-invalid', { meta: { witnessId } })
    }
    return answer.value
  }
  return {
    pinned: (regionCode) => keys.get(regionCode),
    cosign: async (regionCode, witnessId, submission, signal) => {
      const count = (outcome: string): void => answers.inc({ region: regionCode, witness: witnessId, outcome })
      try {
        const cosignature = await ask(regionCode, witnessId, submission, signal)
        count('answered')
        return cosignature
      } catch (thrown) {
        // What lines it needs first is no refusal.
        if (!(thrown instanceof AppError && thrown.code === 'witness-gap')) count(isRefusal(thrown) ? 'refused' : 'failed')
        throw thrown
      }
    },
  }
}

const isRefusal = (thrown: unknown): boolean => thrown instanceof AppError && thrown.kind !== 'unavailable' && thrown.kind !== 'deadline'
