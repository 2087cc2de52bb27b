import { appError } from '@dual-random/errors'
import type { ReminderTransport } from '../app/term-ports.ts'

const timeoutMs = 5000

/** Answers that say nothing about the reminder: the gateway is busy, or the request took too long. */
const passing: ReadonlySet<number> = new Set([408, 425, 429])

/** The office's message gateway over HTTP: `POST reminders` under a base address, the reminder as JSON, its key as `Idempotency-Key` (README). */
export function httpReminderTransport(baseUrl: string, token: string | undefined): ReminderTransport {
  const url = new URL('reminders', baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`)
  return {
    deliver: async (reminder, idempotencyId) => {
      const response = await fetch(url, {
        method: 'POST',
        signal: AbortSignal.timeout(timeoutMs),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': idempotencyId,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(reminder),
      }).catch((cause: unknown) => {
        throw unavailable(cause)
      })
      // Read to its end, so that the connection can be used again.
      await response.arrayBuffer().catch((cause: unknown) => {
        throw unavailable(cause)
      })
      if (response.ok) return
      if (response.status >= 500 || passing.has(response.status)) throw unavailable(new Error(`the gateway answered ${response.status}`))
      throw appError('failed-precondition', 'reminder-refused', { meta: { status: response.status } })
    },
  }
}

const unavailable = (cause: unknown) => appError('unavailable', 'reminders-unavailable', { retryAfterMs: 5000, cause })
