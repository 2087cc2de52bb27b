import { type DrawHash, type Signer, tipOf } from '@dual-random/draw'
import type { Json } from '@dual-random/kernel'
import type { Extra } from './demo-bundle.ts'
import { drawing, hex, registry, superior, unit } from './parties.ts'

/** Entries of the attempt before, each as it would stand there; the unit's reveal opens its tip. */
export type Earlier = 'tip' | 'snapshot' | 'commitment' | 'reveal' | 'void' | 'transcript' | 'failed'

/** What stands in the log of the attempt before the one that a bundle is of. */
export function earlierEntries(hash: DrawHash, drawId: string, kinds: readonly Earlier[]): readonly Extra[] {
  const { unitId } = unit
  const secret = hex('reveal', `${drawId} ${unitId}`)
  const entries: Readonly<Record<Earlier, readonly [of: Json, by: Signer]>> = {
    tip: [{ type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(hash, drawId, { unitId, secret }) }, unit],
    snapshot: [hex('digest', 'snapshot before'), registry],
    commitment: [hex('digest', 'S before'), drawing],
    reveal: [{ type: 'dual-random/reveal/v1', drawId, unitId, commitment: hex('digest', 'S before'), secret }, unit],
    void: [{ type: 'dual-random/void/v1', drawId, reason: '名单有误' }, drawing],
    transcript: [hex('digest', 'transcript before'), drawing],
    failed: [{ type: 'dual-random/failed/v1', drawId, unitId: superior.unitId, reason: 'key-lost' }, superior],
  }
  return kinds.map((kind) => ({ kind, drawId, of: entries[kind][0], by: entries[kind][1] }))
}
