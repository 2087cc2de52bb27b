import { err, ok, type Result } from '@dual-random/kernel'
import type { Pulse } from './pulse.ts'

export type FetchError =
  /** The relay has no such round: not due there yet, or older than it keeps. `retryAfterMs` is the server's word. */
  | { readonly code: 'not-there'; readonly retryAfterMs: number | null }
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
 * Fetches a round in drand's JSON from `<url>/public/<round>`. The pulse is not verified: `openSource` does both. Rejects only when `signal`
 * is aborted.
 */
export async function fetchRound(url: string, round: number, options: FetchOptions = {}): Promise<Result<Pulse, FetchError>> {
  const timeoutMs = options.timeoutMs ?? 5000
  const timeout = AbortSignal.timeout(timeoutMs)
  const signal = options.signal === undefined ? timeout : AbortSignal.any([timeout, options.signal])
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/public/${round}`, { signal, redirect: 'error' })
    const body = await textOf(response)
    if (response.status === 404) return err({ code: 'not-there', retryAfterMs: retryAfterMs(response.headers.get('retry-after')) })
    if (!response.ok) return err({ code: 'http-status', status: response.status })
    return body === undefined ? err({ code: 'bad-body', reason: 'longer than a pulse can be' }) : parsePulse(body, round)
  } catch (cause) {
    options.signal?.throwIfAborted()
    if (timeout.aborted) return err({ code: 'timeout', timeoutMs })
    return err({ code: 'unreachable', reason: cause instanceof Error ? cause.message : String(cause) })
  }
}

/** The body, or undefined once it is longer than it can be: no more of it is read. */
async function textOf(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true })
    if (text.length > longestBody) return undefined
  }
  return text + decoder.decode()
}

const retryAfterMs = (header: string | null): number | null => (header !== null && /^\d+$/.test(header) ? 1000 * Number(header) : null)

function parsePulse(body: string, round: number): Result<Pulse, FetchError> {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return err({ code: 'bad-body', reason: 'not JSON' })
  }
  const pulse = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  if (pulse['round'] !== round) return err({ code: 'bad-body', reason: 'another round' })
  const { randomness, signature, previous_signature: previous } = pulse
  if (typeof randomness !== 'string' || typeof signature !== 'string')
    return err({ code: 'bad-body', reason: 'no randomness or signature' })
  return ok({ round, randomness, signature, ...(typeof previous === 'string' && previous !== '' ? { previousSignature: previous } : {}) })
}
