import type { Instant } from '@dual-random/kernel'
import type { CosignedCheckpoint } from './checkpoint.ts'

/**
 * When the entry of a number was witnessed: the instant at which the last witness of the fastest quorum first held a head at or after it
 * (docs/draw-protocol.md §15); undefined while fewer have. The checkpoints, their heads and cosignatures must have been checked,
 * and the cosignatures be those of pinned witnesses.
 */
export const witnessedAt = (checkpoints: readonly CosignedCheckpoint[], seq: number, quorum: number): Instant | undefined =>
  [...firstHeld(checkpoints, seq).values()].sort()[quorum - 1]

/** When each witness first held a head at or after the entry of a number; what must have been checked is as for `witnessedAt`. */
export function firstHeld(checkpoints: readonly CosignedCheckpoint[], seq: number): ReadonlyMap<string, Instant> {
  const first = new Map<string, Instant>()
  for (const { checkpoint, cosignatures } of checkpoints) {
    if (checkpoint.seq < seq) continue
    for (const { witnessId, receivedAt } of cosignatures) {
      const known = first.get(witnessId)
      if (known === undefined || receivedAt < known) first.set(witnessId, receivedAt)
    }
  }
  return first
}
