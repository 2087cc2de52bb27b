import { appError, type ErrorKind, type Problem } from '@dual-random/errors'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { rawRoute, route } from '../src/index.ts'
import { type RunningServer, runningServer } from './running-server.ts'

const kinds: readonly ErrorKind[] = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'already-exists',
  'failed-precondition',
  'version-conflict',
  'exhausted',
  'unavailable',
  'deadline',
  'internal',
]

const thing = z.strictObject({ name: z.string().min(1), grade: z.enum(['A', 'B', 'C', 'D']), nested: z.json().optional() })

const routes = [
  route({
    method: 'POST',
    path: '/v1/things/:thingId',
    summary: '新建',
    roles: ['PLANNER'],
    params: z.object({ thingId: z.string().regex(/^[a-z]+$/) }),
    query: z.object({ dry: z.enum(['yes', 'no']).default('no') }),
    body: thing,
    responses: { 201: thing },
    handler: async ({ params, query, body, principal, language }) => ({
      status: 201,
      headers: { location: `/v1/things/${params.thingId}` },
      body: { ...body, id: params.thingId, dry: query.dry, by: principal.subject, language },
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/things/:thingId',
    summary: '读取',
    roles: 'public',
    responses: { 200: z.unknown() },
    handler: async ({ principal, traceId, context }) => ({
      status: 200,
      body: { subject: principal.subject, traceId, token: context.token },
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/fail/:kind',
    summary: '失败',
    roles: 'public',
    responses: {},
    handler: async ({ request }) => {
      const kind = request.params['kind'] as ErrorKind
      if (kind === 'internal') throw new Error('the password is swordfish')
      throw appError(kind, 'not-found', { meta: { what: '对象', id: '1' } })
    },
  }),
  route({
    method: 'GET',
    path: '/v1/slow',
    summary: '慢',
    roles: 'public',
    timeoutMs: 50,
    responses: {},
    handler: () => new Promise(() => undefined),
  }),
  rawRoute({
    method: 'GET',
    path: '/v1/feed',
    roles: 'public',
    handler: async (_request, response, { signal }) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write('data: 一\n\n')
      signal.addEventListener('abort', () => response.end('data: end\n\n'))
    },
  }),
]

let running: RunningServer
let asPlanner: Api

beforeAll(async () => {
  running = await runningServer(routes)
  asPlanner = await running.as(['PLANNER'])
})
afterAll(() => running.stop())

describe('a request', () => {
  it('reaches its handler decoded, with who calls and in which language', async () => {
    const { status, headers, body } = await asPlanner.post<unknown>('/v1/things/abc?dry=yes', { name: '矿山', grade: 'A' })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe('/v1/things/abc')
    expect(body).toEqual({ name: '矿山', grade: 'A', id: 'abc', dry: 'yes', by: 'zhang', language: 'zh' })
  })

  it('keeps the caller’s trace, or a UUID as its id, or begins one', async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
    const ofTraceparent = await running.anyone.get<{ traceId: string }>('/v1/things/a', {
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
    })
    expect(ofTraceparent.body.traceId).toBe(traceId)
    const ofRequestId = await running.anyone.get<{ traceId: string }>('/v1/things/a', {
      headers: { 'x-request-id': '4BF92F35-77B3-4DA6-A3CE-929D0E0E4736' },
    })
    expect(ofRequestId.body.traceId).toBe(traceId)
    const own = await running.anyone.get<{ traceId: string }>('/v1/things/a')
    expect(own.body.traceId).toMatch(/^[0-9a-f]{32}$/)
    expect(own.headers.get('x-request-id')).toBe(own.body.traceId)
  })

  it('to a public route needs no token, but a bad token is refused all the same', async () => {
    expect((await running.anyone.get('/v1/things/a')).body).toMatchObject({ subject: 'public', token: '' })
    expect((await asPlanner.get('/v1/things/a')).body).toMatchObject({ subject: 'zhang' })
    expect((await running.anyone.get('/v1/things/a', { headers: { authorization: 'Bearer x' } })).status).toBe(401)
  })

  it('carries security headers and no trace of the framework', async () => {
    const { headers } = await running.anyone.get('/v1/things/a')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBeTruthy()
    expect(headers.has('x-powered-by')).toBe(false)
  })

  it('is measured by its template, never by its path', async () => {
    await running.anyone.get('/v1/things/very-particular')
    await eventually(async () => {
      const text = await running.metrics.registry.metrics()
      expect(text).toContain('route="/v1/things/:thingId"')
      expect(text).not.toContain('very-particular')
    })
  })
})

describe('a refusal', () => {
  it('SEC-02 is 401 without a token and 403 without the role', async () => {
    const without = await running.anyone.post<Problem>('/v1/things/abc', { name: 'a', grade: 'A' })
    expect(without.status).toBe(401)
    expect(without.headers.get('www-authenticate')).toBe('Bearer')
    expect(without.body).toMatchObject({ code: 'token-missing', title: '未登录' })
    const inspector = await running.as(['INSPECTOR'])
    expect(await inspector.post('/v1/things/abc', { name: 'a', grade: 'A' })).toMatchObject({
      status: 403,
      body: { code: 'role-required' },
    })
  })

  it('names every field at fault with pointer, code and text', async () => {
    const { status, headers, body } = await asPlanner.post<Problem>('/v1/things/abc', { grade: 'E', colour: 'red' })
    expect(status).toBe(400)
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(body).toMatchObject({ type: 'urn:dual-random:error:invalid-request', code: 'invalid-request', instance: '/v1/things/abc' })
    expect(body.errors).toEqual([
      { pointer: '/name', code: 'missing-field', detail: '缺少字段' },
      { pointer: '/grade', code: 'unknown-value', detail: '值“E”不在允许的范围内' },
      { pointer: '/colour', code: 'unknown-field', detail: '没有这个字段' },
    ])
  })

  it('points into path and query too', async () => {
    expect((await asPlanner.post<Problem>('/v1/things/ABC', {})).body.errors).toMatchObject([{ pointer: '/path/thingId' }])
    expect((await asPlanner.post<Problem>('/v1/things/abc?dry=maybe', {})).body.errors).toMatchObject([
      { pointer: '/query/dry', code: 'unknown-value' },
    ])
  })

  it('comes in English when that is preferred', async () => {
    const { headers, body } = await asPlanner.post<Problem>(
      '/v1/things/abc',
      { name: 'a', grade: 'E' },
      { headers: { 'accept-language': 'en-GB, zh;q=0.5' } },
    )
    expect(headers.get('content-language')).toBe('en')
    expect(body).toMatchObject({ title: 'Invalid request', errors: [{ detail: 'The value "E" is not one of those allowed' }] })
  })

  it('of JSON too deep says the limit', async () => {
    const deep = (levels: number): unknown => JSON.parse('['.repeat(levels) + ']'.repeat(levels))
    expect((await asPlanner.post('/v1/things/abc', { name: 'a', grade: 'A', nested: deep(31) })).status).toBe(201)
    expect(await asPlanner.post('/v1/things/abc', { name: 'a', grade: 'A', nested: deep(32) })).toMatchObject({
      status: 400,
      body: { code: 'json-too-deep', detail: 'JSON 嵌套超过 32 层' },
    })
  })

  it('of JSON too large is 413, whether its size was declared or not', async () => {
    const bodyOf = (bytes: number): string => JSON.stringify({ name: 'x'.repeat(bytes - 23), grade: 'A' })
    const limit = 1024 * 1024
    expect(bodyOf(limit)).toHaveLength(limit)
    expect((await asPlanner.upload('/v1/things/abc', bodyOf(limit), 'application/json')).status).toBe(201)
    expect(await asPlanner.upload('/v1/things/abc', bodyOf(limit + 1), 'application/json')).toMatchObject({
      status: 413,
      body: { code: 'body-too-large', status: 413 },
    })
    const token = await running.issuer.token({ subject: 'z', unitId: 'u', regionCode: '230300', roles: ['PLANNER'] })
    const undeclared = await fetch(`${running.url}/v1/things/abc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k', authorization: `Bearer ${token}` },
      body: new Blob([bodyOf(limit + 1)]).stream(),
      duplex: 'half',
    })
    expect(undeclared.status).toBe(413)
  })

  it('of malformed JSON says where', async () => {
    const { status, body } = await asPlanner.upload<Problem>('/v1/things/abc', '{"name": "a",\n "grade": }', 'application/json')
    expect(status).toBe(400)
    expect(body).toMatchObject({ code: 'malformed-json', detail: '第 2 行第 11 列起不是合法的 JSON' })
  })

  it('of another content type is 415', async () => {
    const { status, body } = await asPlanner.upload<Problem>('/v1/things/abc', 'name=a', 'application/x-www-form-urlencoded')
    expect({ status, code: body.code }).toEqual({ status: 415, code: 'unsupported-media-type' })
  })

  it('of a path or method that is not there is 404 or 405 with Allow', async () => {
    expect(await running.anyone.get('/v1/nothing')).toMatchObject({
      status: 404,
      body: { code: 'route-not-found', detail: '没有这个地址：/v1/nothing' },
    })
    expect(await running.anyone.get('/v1/things/%zz')).toMatchObject({ status: 404, body: { code: 'route-not-found' } })
    const wrongMethod = await running.anyone.delete('/v1/things/abc')
    expect(wrongMethod).toMatchObject({ status: 405, body: { code: 'method-not-allowed', status: 405 } })
    expect(wrongMethod.headers.get('allow')).toBe('POST, GET, HEAD, OPTIONS')
  })

  it.each(kinds.filter((kind) => kind !== 'internal'))('of kind %s has its status', async (kind) => {
    const expected = {
      invalid: 400,
      unauthenticated: 401,
      forbidden: 403,
      'not-found': 404,
      'already-exists': 409,
      'failed-precondition': 409,
    }
    const others = { 'version-conflict': 409, exhausted: 429, unavailable: 503, deadline: 504, internal: 500 }
    const { status, headers } = await running.anyone.get(`/v1/fail/${kind}`)
    expect(status).toBe({ ...expected, ...others }[kind])
    expect(headers.has('retry-after')).toBe(status === 503 || status === 429)
  })

  it('of a version conflict is 412 when the request was conditional', async () => {
    expect((await running.anyone.get('/v1/fail/version-conflict', { headers: { 'if-match': '"1"' } })).status).toBe(412)
  })

  it('of an unknown failure withholds its text and logs it once with the trace', async () => {
    const { status, body } = await running.anyone.get<Problem>('/v1/fail/internal')
    expect(status).toBe(500)
    expect(JSON.stringify(body)).not.toContain('swordfish')
    const lines = running.log.filter((line) => line.includes('swordfish'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(body.traceId)
    expect(body.detail).toContain(body.traceId)
  })

  it('of a handler past its deadline is 504', async () => {
    expect(await running.anyone.get('/v1/slow')).toMatchObject({ status: 504, body: { code: 'deadline-exceeded' } })
  })
})

describe('the built-in routes', () => {
  it('say whether the service lives and is ready, naming what is not', async () => {
    expect((await running.anyone.get('/healthz')).status).toBe(200)
    expect((await running.anyone.get('/readyz')).status).toBe(200)
    const other = await runningServer([])
    other.health.addCheck('store', () => Promise.reject(new Error('no answer')))
    expect(await other.anyone.get('/readyz')).toMatchObject({ status: 503, body: { status: 'down', problems: { store: 'no answer' } } })
    expect((await other.anyone.get('/healthz')).status).toBe(200)
    await other.stop()
  })

  it('serve metrics', async () => {
    const { headers, body } = await running.anyone.get<string>('/metrics')
    expect(headers.get('content-type')).toMatch(/^text\/plain/)
    expect(body).toContain('process_cpu_seconds_total')
  })

  it('serve the OpenAPI document, unchanged until it changes', async () => {
    const { headers, body } = await running.anyone.get<{ openapi: string; paths: object }>('/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    expect(Object.keys(body.paths)).toContain('/v1/things/{thingId}')
    const again = await running.anyone.get('/openapi.json', { headers: { 'if-none-match': headers.get('etag') ?? '' } })
    expect(again).toMatchObject({ status: 304, body: '' })
  })
})

describe('createHttpServer', () => {
  it('refuses two routes of one method and path', async () => {
    const twice = route({
      method: 'GET',
      path: '/v1/a',
      summary: 'a',
      roles: 'public',
      responses: {},
      handler: async () => ({ status: 204 }),
    })
    await expect(runningServer([twice, twice])).rejects.toThrow('/v1/a')
  })
})
