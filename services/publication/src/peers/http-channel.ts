import { appError } from '@dual-random/errors'
import type { PublicChannel } from '../app/ports.ts'

const timeoutMs = 5000

/** The public channel over HTTP: PUT, GET and DELETE of `records/<publicationId>` under a base address. */
export function httpChannel(baseUrl: string): PublicChannel {
  const base = baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`
  const call = async (method: string, publicationId: string, body?: string): Promise<Response> => {
    try {
      return await fetch(new URL(`records/${encodeURIComponent(publicationId)}`, base), {
        method,
        signal: AbortSignal.timeout(timeoutMs),
        headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body }),
      })
    } catch (cause) {
      throw unavailable(cause)
    }
  }
  return {
    put: async (record) => {
      await finished(await call('PUT', record.publicationId, JSON.stringify(record)))
    },
    read: async (publicationId) => {
      const response = await call('GET', publicationId)
      if (response.status === 404) {
        await response.body?.cancel()
        return undefined
      }
      return asObject(await finished(response))
    },
    remove: async (publicationId) => {
      const response = await call('DELETE', publicationId)
      if (response.status === 404) await response.body?.cancel()
      else await finished(response)
    },
  }
}

const unavailable = (cause: unknown) => appError('unavailable', 'channel-unavailable', { retryAfterMs: 5000, cause })

/** Reads a body to its end, so that the connection can be used again. */
async function finished(response: Response): Promise<string> {
  const text = await response.text().catch((cause: unknown) => {
    throw unavailable(cause)
  })
  if (!response.ok) throw unavailable(new Error(`the channel answered ${response.status}`))
  return text
}

function asObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>
  } catch (cause) {
    throw unavailable(cause)
  }
  throw unavailable(new Error('the channel answered no JSON object'))
}
