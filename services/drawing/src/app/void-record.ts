import type { DrawHash, LogEntry } from '@dual-random/draw'
import { recordDigest, type VoidRecord } from '@dual-random/witness'
import type { Draw } from '../domain/draw.ts'
import { decideDraw } from './decide-draw.ts'
import type { Deps } from './require.ts'

/** The record behind a `void` entry, which the log's line carries. */
export function voidRecord(hash: DrawHash, drawId: string, reason: string): { readonly record: VoidRecord; readonly digest: string } {
  const record: VoidRecord = { type: 'dual-random/void/v1', drawId, reason }
  return { record, digest: recordDigest(hash, record) }
}

/** Carries a void that stands in the log over to the draw. */
export function settleVoid({ draws }: Deps<'draws'>, { drawId }: Draw, { record }: LogEntry): Promise<Draw> {
  return decideDraw(draws, drawId, { type: 'void', reason: (record as VoidRecord).reason })
}
