import { err, ok, type Result } from '@dual-random/kernel'
import type { BeaconChain } from './chain.ts'
import { type Pulse, verifyPulse } from './pulse.ts'
import { askRelay, askRelays, type Relay, type RelayAnswer, type RelayFailure, type RelayOptions } from './relays.ts'
import { signPulse } from './sign.ts'

/** No relay gave a round that verifies; why not, in the order the relays were asked. */
export interface NoValidPulse {
  readonly code: 'no-valid-pulse'
  readonly failures: readonly RelayFailure[]
}

/** Port: a chain and how to get its rounds. Every pulse it gives has been verified against the chain's key. */
export interface BeaconSource<C extends BeaconChain = BeaconChain> {
  readonly chain: C
  /** A round, however long ago it was due. Rejects only when `signal` is aborted. */
  readonly pulse: (round: number, signal?: AbortSignal) => Promise<Result<Pulse, NoValidPulse>>
  /** What every relay answers, in their order. */
  readonly probe: (round: number, signal?: AbortSignal) => Promise<readonly RelayAnswer[]>
}

/** `DR_ENV` of the process: only `demo` and `test` may draw on the organiser's own beacon. */
export type Environment = 'production' | 'development' | 'demo' | 'test'

export type SourceError =
  | { readonly code: 'self-only-in-demo'; readonly source: string }
  | { readonly code: 'no-relay'; readonly source: string }

export interface SourceOptions extends RelayOptions {
  /** Told of every answer of every relay, good or bad. */
  readonly heard?: (answer: RelayAnswer, chain: BeaconChain) => void
}

const selfRefusal = (chain: BeaconChain, environment: Environment): SourceError | undefined =>
  chain.kind === 'self' && environment !== 'demo' && environment !== 'test'
    ? { code: 'self-only-in-demo', source: chain.source }
    : undefined

/**
 * A source over HTTP. Its relays are asked in their order; the next one when one fails, gives what does not verify, or takes longer than
 * `hedgeMs`. What they give is checked here, so a relay can withhold a round and never change it. A chain of kind `self` is refused outside
 * demonstrations and tests (rule 7).
 */
export function openSource<C extends BeaconChain>(
  chain: C,
  relays: readonly string[],
  environment: Environment,
  { heard, ...options }: SourceOptions = {},
): Result<BeaconSource<C>, SourceError> {
  const refusal = selfRefusal(chain, environment) ?? (relays.length === 0 ? { code: 'no-relay', source: chain.source } : undefined)
  if (refusal !== undefined) return err(refusal)
  const opened = relays.map((url): Relay => ({ url, chain, heard: (answer) => heard?.(answer, chain) }))
  return ok({
    chain,
    pulse: async (round, signal) => {
      const answer = await askRelays(opened, round, options, signal)
      return answer.ok ? answer : err({ code: 'no-valid-pulse', failures: answer.error })
    },
    probe: (round, signal) => Promise.all(opened.map((relay) => askRelay(relay, round, options, signal))),
  })
}

/** A source that signs in this process, for tests and demonstrations without a beacon server. `isDue` keeps the future closed. */
export function localSource(
  chain: BeaconChain & { readonly kind: 'self' },
  secret: Uint8Array,
  isDue: (round: number) => boolean,
  environment: Environment,
): Result<BeaconSource, SourceError> {
  const refusal = selfRefusal(chain, environment)
  if (refusal !== undefined) return err(refusal)
  const signed = (round: number): RelayAnswer => {
    const result = isDue(round) ? verifyPulse(chain, signPulse(secret, round)) : err({ code: 'not-there', retryAfterMs: null } as const)
    return { relay: 'local', round, result }
  }
  return ok({
    chain,
    pulse: async (round) => {
      const { relay, result } = signed(round)
      return result.ok ? result : err({ code: 'no-valid-pulse', failures: [{ relay, error: result.error }] })
    },
    probe: async (round) => [signed(round)],
  })
}
