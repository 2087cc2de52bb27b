import { err, ok, type Result } from '@dual-random/kernel'
import { type FetchError, fetchRound } from './fetch-round.ts'
import type { CheckedAgainst, Pulse, PulseError } from './pulse.ts'
import { verifyPulse } from './pulse.ts'

export interface RelayOptions {
  /** How long one relay may take. 5,000 without. */
  readonly timeoutMs?: number
  /** How long one relay has the round to itself, before the next is asked beside it. 1,500 without. */
  readonly hedgeMs?: number
}

/** What one relay answered. `relay` is its host and path, without user, password or query. */
export interface RelayAnswer {
  readonly relay: string
  readonly round: number
  readonly result: Result<Pulse, FetchError | PulseError>
}

export interface RelayFailure {
  readonly relay: string
  readonly error: FetchError | PulseError
}

/** An HTTP address that serves a chain in drand's JSON. */
export interface Relay {
  readonly url: string
  readonly chain: CheckedAgainst
  readonly heard: (answer: RelayAnswer) => void
}

const defaults = { timeoutMs: 5000, hedgeMs: 1500 } as const

/**
 * Whether a relay served bytes that are not what the beacon signed, as against none at all: a fault that no network makes by itself.
 */
export const isBadPulse = ({ code }: FetchError | PulseError): boolean =>
  code !== 'not-there' && code !== 'timeout' && code !== 'unreachable' && code !== 'http-status'

/** How a relay is named in logs and metrics. */
export function relayName(url: string): string {
  const { host, pathname } = new URL(url)
  return `${host}${pathname.replace(/\/$/, '')}`
}

/** Asks one relay and checks what it gives. Rejects only when `signal` is aborted. */
export async function askRelay(
  { url, chain, heard }: Relay,
  round: number,
  { timeoutMs = defaults.timeoutMs }: RelayOptions,
  signal?: AbortSignal,
): Promise<RelayAnswer> {
  const fetched = await fetchRound(url, round, { timeoutMs, ...(signal === undefined ? {} : { signal }) })
  const answer = { relay: relayName(url), round, result: fetched.ok ? verifyPulse(chain, fetched.value) : fetched }
  heard(answer)
  return answer
}

/**
 * The first valid pulse that any relay gives, each started when the one before it has failed or has kept silent for `hedgeMs`; what is still
 * under way then is given up. Else the failures in the order of the relays.
 */
export async function askRelays(
  relays: readonly Relay[],
  round: number,
  options: RelayOptions,
  signal?: AbortSignal,
): Promise<Result<Pulse, readonly RelayFailure[]>> {
  const done = new AbortController()
  const ended = signal === undefined ? done.signal : AbortSignal.any([signal, done.signal])
  const failures = new Map<number, RelayFailure>()
  const pending = new Map<number, Promise<readonly [number, RelayAnswer]>>()
  const waiting = [...relays.entries()]
  try {
    for (;;) {
      const next = waiting.shift()
      if (next !== undefined) {
        const [index, relay] = next
        pending.set(
          index,
          askRelay(relay, round, options, ended).then((answer) => [index, answer] as const),
        )
      }
      if (pending.size === 0) return err([...failures].sort(([a], [b]) => a - b).map(([, failure]) => failure))
      const first = await firstOf(pending, waiting.length > 0 ? (options.hedgeMs ?? defaults.hedgeMs) : undefined)
      if (first === undefined) continue
      const [index, { relay, result }] = first
      pending.delete(index)
      if (result.ok) return ok(result.value)
      failures.set(index, { relay, error: result.error })
    }
  } finally {
    done.abort()
    // Those given up reject with the abort; nobody waits for them any more.
    for (const promise of pending.values()) promise.catch(() => undefined)
  }
}

/** The first to be settled, or undefined after `ms`. */
async function firstOf<T>(pending: ReadonlyMap<number, Promise<T>>, ms: number | undefined): Promise<T | undefined> {
  if (ms === undefined) return Promise.race(pending.values())
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([...pending.values(), silence])
  } finally {
    clearTimeout(timer)
  }
}
