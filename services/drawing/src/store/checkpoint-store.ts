import type { Instant, RegionCode } from '@dual-random/kernel'
import { documents, type Store } from '@dual-random/mongo'
import { type Cosignature, type CosignedCheckpoint, checkpointOf } from '@dual-random/witness'
import type { Checkpoints } from '../app/ports.ts'

interface CheckpointDocument {
  readonly id: string
  readonly regionCode: RegionCode
  readonly seq: number
  readonly head: string
  readonly keyId: string
  readonly signature: string
}

interface CosignatureDocument {
  readonly id: string
  readonly regionCode: RegionCode
  readonly seq: number
  readonly witnessId: string
  readonly receivedAt: Instant
  readonly signature: string
}

const idOf = (regionCode: string, seq: number): string => `${regionCode}-${String(seq).padStart(10, '0')}`
const perRead = 500

/** Checkpoints and cosignatures, each a document of its own that is written once. */
export function checkpointStore(store: Store): Checkpoints {
  const checkpoints = documents<CheckpointDocument>(store, {
    collection: 'log_checkpoints',
    indexes: [{ fields: { regionCode: 1, seq: 1 }, unique: true }],
  })
  const cosignatures = documents<CosignatureDocument>(store, {
    collection: 'log_cosignatures',
    indexes: [{ fields: { regionCode: 1, seq: 1 } }, { fields: { regionCode: 1, witnessId: 1, seq: -1 } }],
  })
  const complete = async (part: readonly CheckpointDocument[]): Promise<readonly CosignedCheckpoint[]> => {
    const [first, last] = [part[0], part.at(-1)]
    if (first === undefined || last === undefined) return []
    const bySeq = new Map<number, Cosignature[]>()
    const within = { regionCode: first.regionCode, seq: { $gte: first.seq, $lte: last.seq } }
    for await (const { seq, witnessId, receivedAt, signature } of cosignatures.scan(within)) {
      bySeq.set(seq, [...(bySeq.get(seq) ?? []), { witnessId, receivedAt, signature }])
    }
    return part.map(({ regionCode, seq, head, keyId, signature }) => ({
      checkpoint: checkpointOf(regionCode, { seq, head }),
      keyId,
      signature,
      cosignatures: bySeq.get(seq) ?? [],
    }))
  }
  return {
    put: async ({ checkpoint: { regionCode, seq, head }, keyId, signature }) => {
      const id = idOf(regionCode, seq)
      await checkpoints.insertMissing([{ id, regionCode: regionCode as RegionCode, seq, head, keyId, signature }])
    },
    add: async (regionCode, seq, { witnessId, receivedAt, signature }) => {
      await cosignatures.insertMissing([{ id: `${idOf(regionCode, seq)}-${witnessId}`, regionCode, seq, witnessId, receivedAt, signature }])
    },
    lastOf: async (regionCode, witnessId) => {
      const [last] = await cosignatures.find({ regionCode, witnessId }, { sort: { seq: -1 }, limit: 1 })
      return last?.seq ?? -1
    },
    from: async function* from(regionCode, seq) {
      for (let next = seq; ; ) {
        const part = await checkpoints.find({ regionCode, seq: { $gte: next } }, { sort: { seq: 1 }, limit: perRead })
        yield* await complete(part)
        if (part.length < perRead) return
        next = (part.at(-1)?.seq ?? 0) + 1
      }
    },
  }
}
