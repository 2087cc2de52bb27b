import { type Route, rawRoute } from '@dual-random/http'
import type { Encoding, PortalFile } from './portal-files.ts'

/**
 * No inline script and nothing from elsewhere; the page's worker is a Blob that its own script makes. Without
 * `upgrade-insecure-requests`: the page must work over plain HTTP too.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const compressed = ['br', 'gzip'] as const

/** The public portal's files: hashed assets for ever, the page itself asked for again each time by its `ETag`. */
export const portalRoutes = (files: readonly PortalFile[]): readonly Route[] =>
  files.map((file) =>
    rawRoute({
      method: 'GET',
      path: file.path,
      summary: '公众门户 / public portal',
      roles: 'public',
      handler: (request, response) => {
        // Of what the client takes, the shortest; the tag says which, because each is a representation of its own (RFC 9110 §8.8.3.3).
        const encoding: Encoding = compressed.find((one) => request.acceptsEncodings(one) === one) ?? 'identity'
        const body = file.bodies.get(encoding)
        const etag = `"${file.etag}-${encoding}"`
        response.setHeader('content-security-policy', contentSecurityPolicy)
        response.setHeader('content-type', file.mediaType)
        response.setHeader('cache-control', file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache')
        response.setHeader('etag', etag)
        response.setHeader('vary', 'Accept-Encoding')
        if (isKnown(request.get('if-none-match'), etag)) {
          response.status(304).end()
          return
        }
        if (encoding !== 'identity') response.setHeader('content-encoding', encoding)
        response.setHeader('content-length', body?.length ?? 0)
        response.end(request.method === 'HEAD' ? undefined : body)
      },
    }),
  )

const isKnown = (ifNoneMatch: string | undefined, etag: string): boolean =>
  (ifNoneMatch ?? '')
    .split(',')
    .map((one) => one.trim().replace(/^W\//, ''))
    .some((one) => one === etag || one === '*')
