import { Agent, type ClientRequest, request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { appError } from '@dual-random/errors'
import { type Method, type Route, rawRoute } from '@dual-random/http'

/** Headers that end at a hop (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
])

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Longer than any service's own limit, so that the service's answer arrives. */
const timeoutMs = 150_000

/** `/api/<service>/…` to the service of that name. Tokens pass through: each service verifies for itself. */
export function proxyRoutes(origins: ReadonlyMap<string, string>): readonly Route[] {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  return methods.map((method) =>
    rawRoute({
      method,
      path: '/api/:service/{*path}',
      roles: 'public',
      timeoutMs,
      handler: (incoming, outgoing, { signal, traceId }) =>
        new Promise<void>((resolve, reject) => {
          const service = String(incoming.params['service'])
          const origin = origins.get(service)
          if (origin === undefined) {
            reject(appError('not-found', 'not-found', { meta: { what: 'service', id: service } }))
            return
          }
          const target = new URL(incoming.originalUrl.slice(`/api/${service}`.length), origin)
          const forwarded: ClientRequest = httpRequest(
            target,
            { method, agent, signal, headers: { ...endToEnd(incoming.headers), 'x-request-id': traceId } },
            (answer) => {
              outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers))
              answer.pipe(outgoing)
              answer.once('error', reject)
              outgoing.once('finish', resolve)
              outgoing.once('close', resolve)
            },
          )
          forwarded.once('error', (cause) =>
            reject(appError('unavailable', 'service-unavailable', { meta: { service }, retryAfterMs: 1000, cause })),
          )
          incoming.pipe(forwarded)
        }),
    }),
  )
}

const endToEnd = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !hopByHop.has(name)))
