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
 * Carries a void that has its effect over to the draw, and into every log: so that each tells that the attempt ended, witnesses that hold no S of it can
 * take the log again, and no city waits for the draw.
 */
export async function settleVoid(deps: WitnessDeps & Deps<'draws'>, draw: Draw, record: VoidRecord): Promise<Draw> {
  await settleCommitment(deps, draw)
  await spreadVoid(deps, draw, record)
  return decideDraw(deps, draw.drawId, { type: 'void', reason: record.reason })
}

/** Enters the void of a draw that one of its logs has into every other that has S and does not say so yet. */
export async function spreadVoid(deps: WitnessDeps, { drawId, line }: Draw, record: VoidRecord): Promise<void> {
  const digest = recordDigest(deps.hash, record)
  for (const regionCode of regionsOf(line)) {
    const ofDraw = await deps.logs.ofDraw(regionCode, drawId)
    if (!ofDraw.some(({ kind }) => kind === 'commitment') || ofDraw.some(({ kind }) => kind === 'void')) continue
    const signature = signDigest(requireSigner(deps.keys, regionCode), 'void', regionCode, drawId, digest)
    const entry = await deps.logs.append(regionCode, { kind: 'void', drawId, digest, signature, record, byRule: true })
    if (!entry.ok) throw appError('failed-precondition', 'draw-void')
    await witnessLog(deps, regionCode)
  }
}

/** An S that stands in the log is public, and the next attempt is verified with it (docs/draw-protocol.md §19), also where the draw ended before it was said to be committed. */
async function settleCommitment(deps: Deps<'logs' | 'draws'>, draw: Draw): Promise<void> {
  if (draw.status !== 'FROZEN') return
  const entry = (await deps.logs.ofDraw(draw.regionCode, draw.drawId)).find(({ kind }) => kind === 'commitment')
  if (entry !== undefined && draw.prepared?.digest === entry.digest)
    await decideDraw(deps, draw.drawId, { type: 'commit', digest: entry.digest })
}
