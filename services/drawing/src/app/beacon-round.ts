import { type BeaconSource, type CommittedBeacon, type DrawChain, latestRoundAt, type Pulse } from '@dual-random/beacon'
import type { BeaconOutput } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Instant } from '@dual-random/kernel'

type Sources = readonly BeaconSource<DrawChain>[]

/** The rounds that S names, verified under the keys that S names. A beacon is waited for, never replaced (rule 7): `unavailable` until all are there. */
export const fetchPulses = (sources: Sources, named: readonly CommittedBeacon[], signal?: AbortSignal): Promise<readonly BeaconOutput[]> =>
  Promise.all(
    named.map(async (beacon) => {
      const { round, randomness, signature } = await fetchPulse(sourceOf(sources, beacon), beacon.round, signal)
      return { source: beacon.source, round, randomness, signature }
    }),
  )

/** The source of a committed beacon. Another key or other times under its name are another beacon. */
function sourceOf(sources: Sources, named: CommittedBeacon): Sources[number] {
  const { source } = named
  const found = sources.find(({ chain }) => chain.source === source)
  if (found === undefined) throw appError('unavailable', 'beacon-not-configured', { meta: { source } })
  const { publicKey, genesisTime, periodSeconds } = found.chain
  const isSame = publicKey === named.publicKey && genesisTime === named.genesisTime && periodSeconds === named.periodSeconds
  if (!isSame) throw appError('unavailable', 'beacon-configured-otherwise', { meta: { source } })
  return found
}

async function fetchPulse(beacon: BeaconSource, round: number, signal?: AbortSignal): Promise<Pulse> {
  const pulse = await beacon.pulse(round, signal)
  if (pulse.ok) return pulse.value
  const reason = pulse.error.failures.map(({ relay, error }) => `${relay}: ${error.code}`).join(', ')
  throw appError('unavailable', 'beacon-unavailable', { meta: { source: beacon.chain.source, round, reason }, retryAfterMs: 5000 })
}

/** Rule 4: nothing is committed to a beacon that does not answer just now. The round before the latest is surely out everywhere. */
export async function requireAnswers(sources: Sources, now: Instant, signal?: AbortSignal): Promise<void> {
  await Promise.all(sources.map((source) => fetchPulse(source, settledRound(source, now), signal)))
}

/** The round before the latest: out everywhere, also at a relay that is a little late. */
export const settledRound = ({ chain }: BeaconSource, now: Instant): number => Math.max(1, latestRoundAt(chain, now) - 1)
