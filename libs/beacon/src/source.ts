import { err, ok, type Result } from '@dual-random/kernel'
import type { BeaconChain } from './chain.ts'
import { type FetchError, fetchRound } from './fetch-round.ts'
import { type Pulse, type PulseError, signPulse, verifyPulse } from './pulse.ts'

/** Port: a chain and how to get its rounds. Every pulse it gives has been verified against the chain's key. */
export interface BeaconSource {
  readonly chain: BeaconChain
  readonly pulse: (round: number, signal?: AbortSignal) => Promise<Result<Pulse, FetchError | PulseError>>
}

/** `DR_ENV` of the process: only `demo` and `test` may draw on the organiser's own beacon. */
export type Environment = 'production' | 'development' | 'demo' | 'test'

export type SourceError = { readonly code: 'self-only-in-demo'; readonly source: string }

const refusalOf = (chain: BeaconChain, environment: Environment): SourceError | undefined =>
  chain.kind === 'self' && environment !== 'demo' && environment !== 'test'
    ? { code: 'self-only-in-demo', source: chain.source }
    : undefined

/** A source over HTTP. A chain of kind `self` is refused outside demonstrations and tests (rule 7). */
export function openSource(chain: BeaconChain, url: string, environment: Environment, timeoutMs = 5000): Result<BeaconSource, SourceError> {
  const refusal = refusalOf(chain, environment)
  if (refusal !== undefined) return err(refusal)
  return ok({
    chain,
    pulse: async (round, signal) => {
      const fetched = await fetchRound(url, round, { timeoutMs, ...(signal === undefined ? {} : { signal }) })
      return fetched.ok ? verifyPulse(chain, fetched.value) : fetched
    },
  })
}

/** A source that signs in this process, for tests and demonstrations without a beacon server. `isDue` keeps the future closed. */
export function localSource(
  chain: BeaconChain & { readonly kind: 'self' },
  secret: Uint8Array,
  isDue: (round: number) => boolean,
  environment: Environment,
): Result<BeaconSource, SourceError> {
  const refusal = refusalOf(chain, environment)
  if (refusal !== undefined) return err(refusal)
  return ok({
    chain,
    pulse: (round) =>
      Promise.resolve(isDue(round) ? verifyPulse(chain, signPulse(secret, round)) : err({ code: 'not-yet', retryAfterMs: null })),
  })
}
