import { once } from 'node:events'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { createVerifier } from '@dual-random/auth'
import { createHttpServer } from '@dual-random/http'
import { createHealth, createLogger, createMetrics } from '@dual-random/runtime'
import { api, eventually, memoryIdempotencyStore } from '@dual-random/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { proxyRoutes } from '../src/http/proxy-routes.ts'
import { gatewayHarness, type Harness } from './support/harness.ts'
import { upstream } from './support/upstream.ts'

let gateway: Harness
let token: string

beforeAll(async () => {
  gateway = await gatewayHarness()
  gateway.registry.bind('zhang.san', { unitId: '230300-scj', regionCode: '230300', roles: ['PLANNER'] })
  const idToken = await gateway.provider.idToken('zhang.san')
  token = (await api(gateway.url).post<{ readonly token: string }>('/v1/sessions', { idToken })).body.token
})
afterAll(() => gateway?.[Symbol.asyncDispose]())
beforeEach(() => {
  gateway.behind.received.length = 0
  gateway.behind.answerWith((incoming, outgoing) => {
    incoming.resume()
    incoming.once('end', () => outgoing.end())
  })
})

const arrived = () => gateway.behind.received.map(({ method, url, body }) => ({ method, url, body }))

/** A request as it is written, without a client's tidying of its target or framing; it asks for the connection's end. */
async function raw(lines: string): Promise<string> {
  const { hostname, port } = new URL(gateway.url)
  const socket = connect(Number(port), hostname)
  socket.write(lines.replaceAll('\n', '\r\n'))
  let answer = ''
  for await (const chunk of socket) answer += String(chunk)
  return answer
}

describe('what passes to a service', () => {
  it('is method, target, headers and body, and back status, headers and body', async () => {
    gateway.behind.answerWith((incoming, outgoing) => {
      incoming.resume()
      outgoing.writeHead(207, { 'content-type': 'text/csv', etag: '"a"', 'set-cookie': ['a=1', 'b=2'], 'idempotent-replayed': 'true' })
      outgoing.end('行,列\n')
    })
    const answer = await fetch(`${gateway.url}/api/planning/v1/plans/p%2F1?regionCode=230300&q=%E5%95%86`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': 'k-1',
        'accept-language': 'en',
        'x-request-id': '1'.repeat(32),
      },
      body: '{"name":"计划"}',
    })
    expect(arrived()).toEqual([{ method: 'POST', url: '/v1/plans/p%2F1?regionCode=230300&q=%E5%95%86', body: '{"name":"计划"}' }])
    expect(gateway.behind.received[0]?.headers).toMatchObject({
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'k-1',
      'accept-language': 'en',
      'x-request-id': '1'.repeat(32),
      host: new URL(gateway.behind.origin).host,
    })
    expect(answer.status).toBe(207)
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect([...answer.headers]).toEqual(
      expect.arrayContaining([
        ['content-type', 'text/csv'],
        ['etag', '"a"'],
        ['idempotent-replayed', 'true'],
      ]),
    )
    expect(await answer.text()).toBe('行,列\n')
  })

  it('is a problem document byte for byte', async () => {
    const problem = '{"type":"about:blank","title":"已归档","status":409,"code":"plan-not-published","errors":[]}'
    gateway.behind.answerWith((_incoming, outgoing) => {
      outgoing.writeHead(409, { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '7' }).end(problem)
    })
    const answer = await fetch(`${gateway.url}/api/planning/v1/plans`)
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('retry-after'), await answer.text()]).toEqual([
      409,
      'application/problem+json; charset=utf-8',
      '7',
      problem,
    ])
  })

  it('is a body of any method, and one whose length is not known', async () => {
    await fetch(`${gateway.url}/api/registry/v1/x`, { method: 'DELETE', body: 'gone' })
    await raw(
      'GET /api/registry/v1/y HTTP/1.1\nhost: a\nconnection: close\ntransfer-encoding: chunked\n\n' +
        '33\nPOST /v1/z HTTP/1.1\nhost: b\ncontent-length: 0\n\n\n0\n\n',
    )
    expect(arrived()).toMatchObject([
      { method: 'DELETE', url: '/v1/x', body: 'gone' },
      { method: 'GET', url: '/v1/y', body: 'POST /v1/z HTTP/1.1\r\nhost: b\r\ncontent-length: 0\r\n\r\n' },
    ])
  })

  it('ends with the connection where a header is meant for it alone', async () => {
    await raw('GET /api/registry/v1/x HTTP/1.1\nhost: a\nconnection: close, x-hop\nx-hop: 1\nx-end: 2\nte: trailers\n\n')
    const { headers } = gateway.behind.received[0] ?? {}
    expect(headers).toMatchObject({ 'x-end': '2' })
    expect(headers).not.toHaveProperty('x-hop')
    expect(headers).not.toHaveProperty('te')
  })

  it('flows both ways while it is still being made', async () => {
    let first: string | undefined
    gateway.behind.answerWith((incoming, outgoing) => {
      incoming.once('data', (chunk: Buffer) => {
        first = chunk.toString()
        outgoing.writeHead(200).write('early ')
      })
      incoming.once('end', () => outgoing.end('late'))
    })
    const sending = request(`${gateway.url}/api/registry/v1/objects/import`, { method: 'POST' })
    const answering = once(sending, 'response')
    sending.write('one')
    const [answer] = (await answering) as [IncomingMessage]
    expect(first).toBe('one')
    const [early] = (await once(answer, 'data')) as [Buffer]
    expect(early.toString()).toBe('early ')
    sending.end('two')
    const [late] = (await once(answer, 'data')) as [Buffer]
    expect(late.toString()).toBe('late')
  })

  it('goes to that service and no other, however the target is written', async () => {
    const elsewhere = await upstream()
    const { host } = new URL(elsewhere.origin)
    for (const target of [`/api/registry//${host}/x`, `/api/registry/\\${host}/x`, '/api/%72egistry/v1/x']) {
      await raw(`GET ${target} HTTP/1.1\nhost: a\nconnection: close\n\n`)
    }
    expect(elsewhere.received).toEqual([])
    expect(arrived().map(({ url }) => url)).toEqual([`//${host}/x`, expect.stringContaining(`${host}/x`), '/v1/x'])
    await elsewhere.close()
  })
})

describe('what does not pass', () => {
  it('names a service that does not exist: 404', async () => {
    const answer = await api(gateway.url).get('/api/treasury/v1/x')
    expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  })

  it('goes to a service that is dead: 503 with Retry-After', async () => {
    const answer = await api(gateway.url).get('/api/oversight/v1/indicators')
    expect(answer).toMatchObject({ status: 503, body: { code: 'service-unavailable' } })
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('carries a token that is not good: 401, before the service hears of it', async () => {
    expect(await api(gateway.url, `${token}x`).get('/api/registry/v1/units')).toMatchObject({ status: 401 })
    expect(arrived()).toEqual([])
  })
})

describe('a service that fails midway', () => {
  it('gives a broken answer, never a whole one', async () => {
    gateway.behind.answerWith((_incoming, outgoing) => {
      outgoing.writeHead(200, { 'content-type': 'text/plain' }).write('half', () => outgoing.destroy())
    })
    const answer = await fetch(`${gateway.url}/api/drawing/v1/draws`)
    await expect(answer.text()).rejects.toThrow('terminated')
    expect(await api(gateway.url).get('/healthz')).toMatchObject({ status: 200 })
  })

  it('may refuse a body before it has arrived', async () => {
    gateway.behind.answerWith((incoming, outgoing) => {
      incoming.resume()
      outgoing.writeHead(413).end('too large')
    })
    const sending = request(`${gateway.url}/api/registry/v1/objects/import`, { method: 'POST' })
    sending.write('x'.repeat(1_000_000))
    const [answer] = (await once(sending, 'response')) as [IncomingMessage]
    expect(answer.statusCode).toBe(413)
    sending.end()
    expect(await text(answer)).toBe('too large')
  })

  it('is told when the caller has gone', async () => {
    let outgoing: ServerResponse | undefined
    gateway.behind.answerWith((_incoming, response) => {
      outgoing = response
    })
    const leaving = new AbortController()
    const call = fetch(`${gateway.url}/api/drawing/v1/draws`, { signal: leaving.signal })
    await eventually(() => expect(outgoing).toBeDefined())
    leaving.abort()
    await expect(call).rejects.toThrow('aborted')
    await eventually(() => expect(outgoing?.destroyed).toBe(true))
  })
})

describe('a service that ends a connection while nobody uses it', () => {
  /** How often the service was asked; the second time it ends the connection, as if it had just before the request came. */
  let asked: number
  beforeEach(() => {
    asked = 0
    gateway.behind.answerWith((incoming, outgoing) => {
      asked += 1
      if (asked === 2) incoming.socket.destroy()
      else outgoing.end('here')
    })
  })
  const send = (method: 'GET' | 'POST'): Promise<Response> =>
    fetch(`${gateway.url}/api/planning/v1/plans`, { method, headers: { authorization: `Bearer ${token}` } })

  it('is asked again on another one', async () => {
    expect(await (await send('GET')).text()).toBe('here')
    const again = await send('GET')
    expect([again.status, await again.text(), asked]).toEqual([200, 'here', 3])
  })

  it('is not sent a change twice', async () => {
    expect(await (await send('GET')).text()).toBe('here')
    expect((await send('POST')).status).toBe(503)
    expect(asked).toBe(2)
  })
})

describe('a service that is silent', () => {
  it('is given up: 504, and the request to it ends', async () => {
    const hung: IncomingMessage[] = []
    gateway.behind.answerWith((incoming) => void hung.push(incoming))
    const scope = gateway.scope.issuer
    const server = createHttpServer({
      service: 'gateway',
      version: '0',
      port: 0,
      routes: proxyRoutes(new Map([['registry', gateway.behind.origin]]), { silenceMs: 100 }),
      logger: createLogger({ service: 'gateway', level: 'silent' }),
      metrics: createMetrics('gateway'),
      health: createHealth(),
      verifier: createVerifier({ jwksUrl: scope.jwksUrl, issuer: scope.issuer }),
      idempotency: memoryIdempotencyStore(),
    })
    await server.start()
    const answer = await api(`http://127.0.0.1:${server.port}`).get('/api/registry/v1/units')
    expect(answer).toMatchObject({ status: 504, body: { code: 'deadline-exceeded' } })
    await eventually(() => expect(hung[0]?.destroyed).toBe(true))
    await server.close()
  })
})

describe('the gateway ending', () => {
  it('lets a request in flight come to its end', async () => {
    const ending = await gatewayHarness()
    let outgoing: ServerResponse | undefined
    ending.behind.answerWith((_incoming, response) => {
      outgoing = response
    })
    const call = fetch(`${ending.url}/api/registry/v1/units`)
    await eventually(() => expect(outgoing).toBeDefined())
    const ended = ending.service[Symbol.asyncDispose]()
    await eventually(() => expect(fetch(`${ending.url}/healthz`)).rejects.toThrow('fetch failed'))
    outgoing?.end('done')
    expect(await (await call).text()).toBe('done')
    await ended
    await ending[Symbol.asyncDispose]()
  })
})
