import { type BeaconSource, latestRoundAt, type Pulse } from '@dual-random/beacon'
import { appError } from '@dual-random/errors'
import type { Instant } from '@dual-random/kernel'

/** A verified round, or `unavailable beacon-unavailable`: a beacon is waited for, never replaced (rule 7). */
export async function fetchPulse(beacon: BeaconSource, round: number, signal?: AbortSignal): Promise<Pulse> {
  const pulse = await beacon.pulse(round, signal)
  if (pulse.ok) return pulse.value
  throw appError('unavailable', 'beacon-unavailable', {
    meta: { source: beacon.chain.source, round, reason: pulse.error.code },
    retryAfterMs: 5000,
  })
}

/** Rule 4: nothing is committed to a beacon that does not answer just now. The round before the latest is surely out everywhere. */
export async function requireAnswer(beacon: BeaconSource, now: Instant, signal?: AbortSignal): Promise<void> {
  await fetchPulse(beacon, Math.max(1, latestRoundAt(beacon.chain, now) - 1), signal)
}
