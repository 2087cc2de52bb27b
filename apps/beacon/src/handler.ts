import type { IncomingMessage, ServerResponse } from 'node:http'
import { type BeaconChain, chainHash, latestRoundAt, type Pulse, timeOfRound } from '@dual-random/beacon'
import { type Clock, epochMsOf } from '@dual-random/kernel'
import type { Health, Metrics } from '@dual-random/runtime'
import type { BeaconFigures } from './metrics.ts'
import type { RateLimit } from './rate-limit.ts'

interface Answer {
  readonly status: number
  readonly body: unknown
  /** Its template, for the metrics. */
  readonly route: string
  readonly headers?: Readonly<Record<string, string>>
  readonly type?: string
}

export interface HandlerOptions {
  readonly chain: BeaconChain
  readonly pulseOf: (round: number) => Pulse
  readonly clock: Clock
  readonly limit: RateLimit
  /** How many addresses of X-Forwarded-For are proxies of one's own. */
  readonly proxies: number
  readonly health: Health
  readonly metrics: Metrics
  readonly figures: BeaconFigures
}

/** Answers drand's JSON routes; signs no round before the clock has reached it. */
export function createHandler(options: HandlerOptions): (request: IncomingMessage, response: ServerResponse) => void {
  const { chain, pulseOf, clock, limit, proxies, health, metrics, figures } = options
  const hash = chainHash(chain)

  function roundAnswer(route: string, round: number, headers: Readonly<Record<string, string>>): Answer {
    const now = clock()
    if (round <= latestRoundAt(chain, now) && round >= 1) return { status: 200, route, body: { ...pulseOf(round) }, headers }
    figures.refused.inc({ reason: 'not-due' })
    const due = Math.max(round, 1)
    const seconds = Math.max(1, Math.ceil((epochMsOf(timeOfRound(chain, due)) - epochMsOf(now)) / 1000))
    const later = { 'retry-after': String(seconds), 'cache-control': 'no-store' }
    return { status: 404, route, body: { error: 'round is not due yet', round: due }, headers: later }
  }

  function publicAnswer(path: string): Answer {
    const day = { 'cache-control': 'public, max-age=86400' }
    if (path === '/info') return { status: 200, route: '/info', body: infoOf(chain, hash), headers: day }
    if (path === '/chains') return { status: 200, route: '/chains', body: [hash], headers: day }
    if (path === '/public/latest') return roundAnswer('/public/latest', latestRoundAt(chain, clock()), { 'cache-control': 'no-store' })
    const round = /^\/public\/([1-9]\d{0,14})$/.exec(path)?.[1]
    return round === undefined
      ? { status: path.startsWith('/public/') ? 400 : 404, route: 'none', body: { error: 'no such route' } }
      : roundAnswer('/public/:round', Number(round), { 'cache-control': 'public, max-age=31536000, immutable' })
  }

  /** For who runs the beacon; not limited, so that an orchestrator sees it also under a flood. */
  async function operatorAnswer(path: string): Promise<Answer | undefined> {
    if (path === '/healthz') return { status: 200, route: path, body: health.live() }
    if (path === '/metrics') return { status: 200, route: path, type: metrics.registry.contentType, body: await metrics.registry.metrics() }
    if (path !== '/readyz') return undefined
    const report = await health.ready()
    return { status: report.status === 'up' ? 200 : 503, route: path, body: report }
  }

  async function answer(request: IncomingMessage): Promise<Answer> {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return { status: 405, route: 'none', body: { error: 'read only' }, headers: { allow: 'GET, HEAD' } }
    const path = pathOf(request.url ?? '/')
    const operators = await operatorAnswer(path)
    if (operators !== undefined) return operators
    const taken = limit(addressOf(request, proxies))
    if (taken.ok) return publicAnswer(path.startsWith(`/${hash}/`) ? path.slice(hash.length + 1) : path)
    figures.refused.inc({ reason: 'rate' })
    return { status: 429, route: 'none', body: { error: 'too many requests' }, headers: { 'retry-after': String(taken.retryAfterS) } }
  }

  return (request, response) => {
    const done = metrics.httpRequests.startTimer({ method: request.method ?? '' })
    answer(request).then(
      (given) => {
        send(response, request.method === 'HEAD', given)
        done({ route: given.route, status: String(given.status) })
      },
      () => {
        response.writeHead(500).end()
        done({ route: 'none', status: '500' })
      },
    )
  }
}

/** The path of a request line; what is none leads nowhere. */
const pathOf = (url: string): string => url.split(/[?#]/, 1)[0] ?? '/'

/** Who asks: the peer, or the address that the outermost of one's own proxies saw. */
function addressOf(request: IncomingMessage, proxies: number): string {
  const peer = request.socket.remoteAddress ?? ''
  if (proxies === 0) return peer
  const forwarded = String(request.headers['x-forwarded-for'] ?? '').split(',')
  return forwarded.at(-proxies)?.trim() || peer
}

function send(response: ServerResponse, headOnly: boolean, { status, body, headers, type = 'application/json' }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  response.writeHead(status, {
    'content-type': type,
    'content-length': String(Buffer.byteLength(text)),
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(headOnly ? undefined : text)
}

const infoOf = (chain: BeaconChain, hash: string): Readonly<Record<string, unknown>> => ({
  public_key: chain.publicKey,
  period: chain.periodSeconds,
  genesis_time: chain.genesisTime,
  hash,
  groupHash: chain.groupHash,
  schemeID: chain.scheme,
  metadata: { beaconID: chain.beaconId },
})
