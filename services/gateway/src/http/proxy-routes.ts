import { Agent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { AppError, appError } from '@dual-random/errors'
import { type Method, type Route, rawRoute } from '@dual-random/http'

/** Headers that end at a hop (RFC 9110 §7.6.1), beside those that `Connection` names. */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
]

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

export interface ProxyOptions {
  /** How long a service may be silent; longer than any service's own limit, so that the service's answer arrives. */
  readonly silenceMs?: number
}

/** `/api/<service>/…` to the service of that name. Tokens pass through: each service verifies for itself. */
export function proxyRoutes(origins: ReadonlyMap<string, string>, { silenceMs = 150_000 }: ProxyOptions = {}): readonly Route[] {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  return methods.map((method) =>
    rawRoute({
      method,
      path: '/api/:service/{*path}',
      roles: 'public',
      handler: async (incoming, outgoing, { traceId }) => {
        const service = String(incoming.params['service'])
        const origin = origins.get(service)
        const path = targetOf(incoming.originalUrl)
        if (origin === undefined || path === undefined) throw appError('not-found', 'not-found', { meta: { what: 'service', id: service } })
        await forward(incoming, outgoing, { service, origin, path, agent, silenceMs, traceId })
      },
    }),
  )
}

/** What follows the service's name, as it was written: a client's `//host` stays a path. */
const targetOf = (requestTarget: string): string | undefined => /^(?:https?:\/\/[^/]*)?\/api\/[^/]+(\/.*)$/i.exec(requestTarget)?.[1]

interface Hop {
  readonly service: string
  readonly origin: string
  readonly path: string
  /** False for a connection of its own. */
  readonly agent: Agent | false
  readonly silenceMs: number
  readonly traceId: string
}

/** Once more, on a connection of its own, where one that was kept had ended while nobody used it: the service has not heard of the request. */
async function forward(incoming: IncomingMessage, outgoing: ServerResponse, hop: Hop): Promise<void> {
  try {
    await forwardOnce(incoming, outgoing, hop)
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error
    await forwardOnce(incoming, outgoing, { ...hop, agent: false })
  }
}

/** Never leaves `forward`. */
class StaleConnection extends Error {}

const forwardOnce = (incoming: IncomingMessage, outgoing: ServerResponse, hop: Hop): Promise<void> =>
  new Promise((resolve, reject) => {
    const { service, origin, path, agent, silenceMs, traceId } = hop
    const unknownLength = incoming.headers['transfer-encoding'] !== undefined
    const hasBody = unknownLength || incoming.headers['content-length'] !== undefined
    const canBeSentAgain = !hasBody && (incoming.method === 'GET' || incoming.method === 'HEAD')
    const forwarded = httpRequest(origin, {
      method: incoming.method,
      path,
      agent,
      timeout: silenceMs,
      headers: {
        ...endToEnd(incoming.headers),
        'x-request-id': traceId,
        // Said here, because the client would send the body of a GET or DELETE unframed.
        ...(unknownLength ? { 'transfer-encoding': 'chunked' } : {}),
      },
    })
    forwarded.once('response', (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers))
      answer.once('error', (cause) => reject(unavailable(service, cause)))
      answer.pipe(outgoing)
    })
    forwarded.once('timeout', () => forwarded.destroy(appError('deadline', 'deadline-exceeded')))
    forwarded.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause instanceof AppError) reject(cause)
      else if (forwarded.reusedSocket && cause.code === 'ECONNRESET' && canBeSentAgain) reject(new StaleConnection('ended', { cause }))
      else reject(unavailable(service, cause))
    })
    outgoing.once('close', () => {
      if (!outgoing.writableFinished) forwarded.destroy()
      resolve()
    })
    if (hasBody) incoming.pipe(forwarded)
    else forwarded.end()
  })

const unavailable = (service: string, cause: unknown): AppError =>
  appError('unavailable', 'service-unavailable', { meta: { service }, retryAfterMs: 1000, cause })

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(',')
  const ending = new Set([...hopByHop, ...named.map((name) => name.trim())])
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ending.has(name)))
}
