import { appError } from '@dual-random/errors'
import type { CreditSystem } from '../app/delivery-ports.ts'

const timeoutMs = 5000

/** Answers that say nothing about the notice: the system is busy, or the request took too long. */
const passing: ReadonlySet<number> = new Set([408, 425, 429])

/** The classification system over HTTP: `PUT check-results/<resultId>` under a base address, the notice as JSON (README). */
export function httpCreditSystem(baseUrl: string, token: string | undefined): CreditSystem {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`
  return {
    take: async (notice) => {
      const response = await fetch(new URL(`check-results/${encodeURIComponent(notice.resultId)}`, base), {
        method: 'PUT',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
        body: JSON.stringify(notice),
      }).catch((cause: unknown) => {
        throw unavailable(cause)
      })
      // Read to its end, so that the connection can be used again.
      await response.arrayBuffer().catch((cause: unknown) => {
        throw unavailable(cause)
      })
      if (response.ok) return
      if (response.status >= 500 || passing.has(response.status)) throw unavailable(new Error(`the system answered ${response.status}`))
      throw appError('failed-precondition', 'credit-system-refused', { meta: { status: response.status } })
    },
  }
}

const unavailable = (cause: unknown) => appError('unavailable', 'credit-system-unavailable', { retryAfterMs: 5000, cause })
