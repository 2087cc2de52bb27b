import { tipOf } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { deadlineOf } from '@dual-random/witness'
import type { LogView } from './log-view.ts'
import type { KeptSecret } from './secrets-file.ts'

/** Whether a secret may be given now (docs/draw-protocol.md §17). */
export type Finding =
  | { readonly outcome: 'reveal'; readonly commitment: string; readonly deadline: Instant }
  /** It stands in the log. */
  | { readonly outcome: 'revealed'; readonly commitment: string }
  /** Not yet. */
  | { readonly outcome: 'wait'; readonly code: 'no-commitment' }
  | { readonly outcome: 'wait'; readonly code: 'not-witnessed'; readonly holders: number; readonly deadline: Instant }
  | { readonly outcome: 'wait'; readonly code: 'void-pending'; readonly deadline: Instant }
  /** Never. */
  | { readonly outcome: 'refuse'; readonly code: 'tip-not-in-commitment' | 'tip-differs' | 'voided' | 'failed' }
  | { readonly outcome: 'refuse'; readonly code: 'witnessed-late'; readonly at: Instant; readonly deadline: Instant }
  | { readonly outcome: 'refuse'; readonly code: 'deadline-passed'; readonly deadline: Instant }

/**
 * Judges one secret by the log as it was checked. Only an S that holds the unit's own tip, and that a quorum held by its deadline, is worth a secret:
 * before that the organiser could still make another S from what it learned.
 */
export function findingOf(
  view: LogView,
  { drawId, unitId, secret }: Pick<KeptSecret, 'drawId' | 'unitId' | 'secret'>,
  now: Instant,
): Finding {
  const lines = view.linesOf(drawId)
  const entry = lines.find(({ kind }) => kind === 'commitment')
  const commitment = view.commitmentOf(drawId)
  if (entry === undefined || commitment === undefined) {
    return lines.some(({ kind }) => kind === 'void') ? { outcome: 'refuse', code: 'voided' } : { outcome: 'wait', code: 'no-commitment' }
  }
  const tip = commitment.tips.find((one) => one.unitId === unitId)
  if (tip === undefined) return { outcome: 'refuse', code: 'tip-not-in-commitment' }
  if (tip.tip !== tipOf(view.hash, drawId, { unitId, secret })) return { outcome: 'refuse', code: 'tip-differs' }
  const isRevealed = lines.some(({ kind, record }) => kind === 'reveal' && (record as { readonly unitId?: unknown }).unitId === unitId)
  if (isRevealed) return { outcome: 'revealed', commitment: entry.digest }
  if (lines.some(({ kind }) => kind === 'failed')) return { outcome: 'refuse', code: 'failed' }
  const deadline = deadlineOf(commitment)
  const voidAt = voidedAt(view, lines)
  if (voidAt !== undefined && voidAt <= deadline) return { outcome: 'refuse', code: 'voided' }
  const at = view.witnessedAt(entry.seq)
  if (at !== undefined && at > deadline) return { outcome: 'refuse', code: 'witnessed-late', at, deadline }
  if (now > deadline) return { outcome: 'refuse', code: 'deadline-passed', deadline }
  // A void that a quorum has not seen yet may still take effect: the secret can wait for that.
  if (lines.some(({ kind }) => kind === 'void')) return { outcome: 'wait', code: 'void-pending', deadline }
  if (at === undefined) return { outcome: 'wait', code: 'not-witnessed', holders: view.holders(entry.seq), deadline }
  return { outcome: 'reveal', commitment: entry.digest, deadline }
}

function voidedAt(view: LogView, lines: ReturnType<LogView['linesOf']>): Instant | undefined {
  const entry = lines.find(({ kind }) => kind === 'void')
  return entry === undefined ? undefined : view.witnessedAt(entry.seq)
}
