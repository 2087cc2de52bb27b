import { type DrawHash, signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { recordDigest, type VoidRecord } from '@dual-random/witness'
import { regionsOf } from '../domain/cities.ts'
import type { Draw } from '../domain/draw.ts'
import { decideDraw } from './decide-draw.ts'
import { type Deps, requireSigner } from './require.ts'
import { type WitnessDeps, witnessLog } from './witness-log.ts'

/** The record behind a `void` entry, which the log's line carries. */
export function voidRecord(hash: DrawHash, drawId: string, reason: string): { readonly record: VoidRecord; readonly digest: string } {
  const record: VoidRecord = { type: 'dual-random/void/v1', drawId, reason }
  return { record, digest: recordDigest(hash, record) }
}

/**
 * Carries a void that has its effect over to the draw, and into every log that has S and does not say so yet: so that each tells that the attempt ended,
 * witnesses that hold no S of it can take the log again, and no city waits for the draw.
 */
export async function settleVoid(deps: WitnessDeps & Deps<'draws'>, { drawId, line }: Draw, record: VoidRecord): Promise<Draw> {
  const digest = recordDigest(deps.hash, record)
  for (const regionCode of regionsOf(line)) {
    const ofDraw = await deps.logs.ofDraw(regionCode, drawId)
    if (!ofDraw.some(({ kind }) => kind === 'commitment') || ofDraw.some(({ kind }) => kind === 'void')) continue
    const signature = signDigest(requireSigner(deps.keys, regionCode), 'void', regionCode, drawId, digest)
    const entry = await deps.logs.append(regionCode, { kind: 'void', drawId, digest, signature, record, byRule: true })
    if (!entry.ok) throw appError('failed-precondition', 'draw-void')
    await witnessLog(deps, regionCode)
  }
  return decideDraw(deps, drawId, { type: 'void', reason: record.reason })
}
