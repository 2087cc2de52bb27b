import type { Commitment, DrawHash } from '@dual-random/draw'
import { totalOf } from './check-commitment.ts'

/** A hash that tells how much of a draw's work it has done, from 0 to 1: two digests a leaf of the roster's tree and two a ticket. */
export function countedHash(hash: DrawHash, s: Commitment, rosterLength: number, onProgress: (share: number) => void): DrawHash {
  const tickets = totalOf(s.strata.map(({ eligible }) => eligible)) + totalOf(s.batchSizes)
  const expected = 2 * (rosterLength + tickets) + 1
  const step = Math.max(1, Math.floor(expected / 100))
  let done = 0
  return {
    name: hash.name,
    digest: (bytes) => {
      done++
      if (done % step === 0) onProgress(Math.min(1, done / expected))
      return hash.digest(bytes)
    },
  }
}
