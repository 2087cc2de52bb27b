import { err, ok, type Result } from '@dual-random/kernel'
import type { Pulse } from './pulse.ts'

export type FetchError =
  /** The round is not due there yet; `retryAfterMs` is the server's word. */
  | { readonly code: 'not-yet'; readonly retryAfterMs: number | null }
  | { readonly code: 'timeout'; readonly timeoutMs: number }
  | { readonly code: 'unreachable'; readonly reason: string }
  | { readonly code: 'http-status'; readonly status: number }
  | { readonly code: 'bad-body'; readonly reason: string }

export interface FetchOptions {
  readonly timeoutMs?: number
  readonly signal?: AbortSignal
}

const longestBody = 10_000

/**
 * Fetches a round in drand's JSON from `<url>/public/<round>`. The pulse is not verified: `openSource` does both.
 */
export async function fetchRound(url: string, round: number, options: FetchOptions = {}): Promise<Result<Pulse, FetchError>> {
  const timeoutMs = options.timeoutMs ?? 5000
  const timeout = AbortSignal.timeout(timeoutMs)
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal])
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/public/${round}`, { signal, redirect: 'error' })
    const body = await response.text()
    if (response.status === 404) return err({ code: 'not-yet', retryAfterMs: retryAfterMs(response.headers.get('retry-after')) })
    return response.ok ? parsePulse(body, round) : err({ code: 'http-status', status: response.status })
  } catch (cause) {
    if (timeout.aborted) return err({ code: 'timeout', timeoutMs })
    options.signal?.throwIfAborted()
    return err({ code: 'unreachable', reason: cause instanceof Error ? cause.message : String(cause) })
  }
}

const retryAfterMs = (header: string | null): number | null => (header !== null && /^\d+$/.test(header) ? 1000 * Number(header) : null)

function parsePulse(body: string, round: number): Result<Pulse, FetchError> {
  if (body.length > longestBody) return err({ code: 'bad-body', reason: 'longer than a pulse can be' })
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return err({ code: 'bad-body', reason: 'not JSON' })
  }
  const pulse = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<keyof Pulse, unknown>>
  if (pulse.round !== round) return err({ code: 'bad-body', reason: 'another round' })
  const { randomness, signature } = pulse
  if (typeof randomness !== 'string' || typeof signature !== 'string')
    return err({ code: 'bad-body', reason: 'no randomness or signature' })
  return ok({ round, randomness, signature })
}
