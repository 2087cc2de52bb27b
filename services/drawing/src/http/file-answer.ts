import { Readable } from 'node:stream'
import type { RouteAnswer } from '@dual-random/http'

const aYear = 'public, max-age=31536000, immutable'

export interface FileAnswer {
  readonly digest: string
  readonly bytes: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>
  /** False for a file that grows: caches ask again each time. */
  readonly isFinal?: boolean
  /** True for files that only some may read: no cache keeps them. */
  readonly isPrivate?: boolean
}

/** The bytes as they were hashed under their digest as `ETag`; 304 when the client has them (RFC 9110 §13.1.2). */
export function fileAnswer({ digest, bytes, isFinal = true, isPrivate = false }: FileAnswer, ifNoneMatch: string | undefined): RouteAnswer {
  const etag = `"${digest}"`
  const headers = { etag, 'cache-control': isPrivate ? 'no-store' : isFinal ? aYear : 'no-cache' }
  const known = (ifNoneMatch ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  if (known.includes(etag) || known.includes('*')) return { status: 304, headers }
  return { status: 200, headers, stream: Readable.from(bytes(), { objectMode: false }) }
}

/** The bytes of a file that grows and has no digest of its own. */
export const growingAnswer = (bytes: AsyncIterable<Uint8Array>): RouteAnswer => ({
  status: 200,
  headers: { 'cache-control': 'no-cache' },
  stream: Readable.from(bytes, { objectMode: false }),
})
