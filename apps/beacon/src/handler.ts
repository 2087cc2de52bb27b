import type { IncomingMessage, ServerResponse } from 'node:http'
import { type BeaconChain, chainHash, latestRoundAt, type Pulse, signPulse, timeOfRound } from '@dual-random/beacon'
import { type Clock, epochMsOf } from '@dual-random/kernel'

interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
}

const remembered = 256

/** Answers drand's JSON routes; signs no round before the clock has reached it. */
export function createHandler(
  chain: BeaconChain,
  secret: Uint8Array,
  clock: Clock,
): (request: IncomingMessage, response: ServerResponse) => void {
  const hash = chainHash(chain)
  const pulseOf = rememberedPulses(secret)

  function roundAnswer(round: number, headers: Readonly<Record<string, string>>): Answer {
    const now = clock()
    if (round > latestRoundAt(chain, now) || round < 1) {
      const due = Math.max(round, 1)
      const seconds = Math.max(1, Math.ceil((epochMsOf(timeOfRound(chain, due)) - epochMsOf(now)) / 1000))
      return { status: 404, body: { error: 'round is not due yet', round: due }, headers: { 'retry-after': String(seconds) } }
    }
    return { status: 200, body: { ...pulseOf(round) }, headers }
  }

  function answer(path: string): Answer {
    if (path === '/healthz') return { status: 200, body: { status: 'up' } }
    if (path === '/info') return { status: 200, body: infoOf(chain, hash) }
    if (path === '/public/latest') return roundAnswer(latestRoundAt(chain, clock()), { 'cache-control': 'no-store' })
    const round = /^\/public\/([1-9]\d{0,14})$/.exec(path)?.[1]
    return round === undefined
      ? { status: path.startsWith('/public/') ? 400 : 404, body: { error: 'no such route' } }
      : roundAnswer(Number(round), { 'cache-control': 'public, max-age=31536000, immutable' })
  }

  return (request, response) => {
    const path = new URL(request.url ?? '/', 'http://beacon').pathname
    const ours = path.startsWith(`/${hash}/`) ? path.slice(hash.length + 1) : path
    const readOnly = request.method === 'GET' || request.method === 'HEAD'
    send(
      response,
      request.method === 'HEAD',
      readOnly ? answer(ours) : { status: 405, body: { error: 'read only' }, headers: { allow: 'GET, HEAD' } },
    )
  }
}

function send(response: ServerResponse, headOnly: boolean, { status, body, headers }: Answer): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(text)),
    'access-control-allow-origin': '*',
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

/** Signing costs some milliseconds; the rounds asked for last are kept. */
function rememberedPulses(secret: Uint8Array): (round: number) => Pulse {
  const pulses = new Map<number, Pulse>()
  return (round) => {
    const pulse = pulses.get(round) ?? signPulse(secret, round)
    pulses.delete(round)
    pulses.set(round, pulse)
    const oldest = pulses.keys().next()
    if (pulses.size > remembered && oldest.done !== true) pulses.delete(oldest.value)
    return pulse
  }
}
