import { type Commitment, commitmentDigest, type DrawHash, type Signer, tipOf } from '@dual-random/draw'
import type { Json } from '@dual-random/kernel'
import { drawing, hex, registry, superior, unit } from './parties.ts'
import type { Extra } from './play-draw.ts'

/** Entries of the attempt before, each as it would stand there; the unit's reveal opens its tip, and what failed lost its key or has a void that nobody settles. */
export type Earlier = 'tip' | 'snapshot' | 'commitment' | 'reveal' | 'void' | 'transcript' | 'failed' | 'failed undecided'

/** S of the attempt before, with a unit's tip where the log has one; the rest as in the attempt that follows. */
export function earlierCommitment(hash: DrawHash, later: Commitment, drawId: string, kinds: readonly Earlier[]): Commitment {
  const tips = kinds.includes('tip') ? [{ unitId: unit.unitId, tip: tipOf(hash, drawId, secretOf(drawId)) }] : []
  return { ...later, attempt: later.attempt - 1, drawId, tips }
}

const secretOf = (drawId: string) => ({ unitId: unit.unitId, secret: hex('reveal', `${drawId} ${unit.unitId}`) })

/** What stands in the log of the attempt before the one that a bundle is of. */
export function earlierEntries(hash: DrawHash, of: Commitment, kinds: readonly Earlier[]): readonly Extra[] {
  const { drawId } = of
  const { unitId, secret } = secretOf(drawId)
  const digest = commitmentDigest(hash, of)
  const entries: Readonly<Record<Earlier, readonly [of: Json, by: Signer]>> = {
    tip: [{ type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(hash, drawId, { unitId, secret }) }, unit],
    snapshot: [hex('digest', 'snapshot before'), registry],
    commitment: [digest, drawing],
    reveal: [{ type: 'dual-random/reveal/v1', drawId, unitId, commitment: digest, secret }, unit],
    void: [{ type: 'dual-random/void/v1', drawId, reason: '名单有误' }, drawing],
    transcript: [hex('digest', 'transcript before'), drawing],
    failed: [{ type: 'dual-random/failed/v1', drawId, unitId: superior.unitId, reason: 'key-lost' }, superior],
    'failed undecided': [{ type: 'dual-random/failed/v1', drawId, unitId: superior.unitId, reason: 'void-undecided' }, superior],
  }
  return kinds.map((one) => ({ kind: one === 'failed undecided' ? 'failed' : one, drawId, of: entries[one][0], by: entries[one][1] }))
}
