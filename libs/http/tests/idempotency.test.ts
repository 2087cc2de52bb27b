import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { appError, type ErrorKind, type Problem } from '@dual-random/errors'
import { type Api, eventually } from '@dual-random/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { route } from '../src/index.ts'
import { gate } from './gate.ts'
import { type RunningServer, runningServer } from './running-server.ts'

let runs: string[] = []
let failure: Error | undefined
let hold: Promise<void> = Promise.resolve()

const routes = [
  route({
    method: 'POST',
    path: '/v1/things',
    summary: '新建',
    roles: ['PLANNER'],
    body: z.object({ name: z.string() }),
    responses: { 201: z.unknown() },
    handler: async ({ body, derivedId, idempotencyKey }) => {
      runs.push(body.name)
      await hold
      if (failure !== undefined) throw failure
      return {
        status: 201,
        headers: { location: `/v1/things/${derivedId}` },
        body: { id: derivedId, key: idempotencyKey, run: runs.length },
      }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/things/:thingId/file',
    summary: '备案',
    roles: ['PLANNER'],
    responses: { 200: z.unknown() },
    handler: async ({ request }) => ({ status: 200, body: { filed: request.params['thingId'], run: runs.push('file') } }),
  }),
  route({
    method: 'POST',
    path: '/v1/slow',
    summary: '慢',
    roles: ['PLANNER'],
    timeoutMs: 100,
    responses: { 200: z.unknown() },
    handler: async () => {
      runs.push('slow')
      await hold
      return { status: 200, body: { run: runs.length } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/import',
    summary: '导入',
    roles: ['PLANNER'],
    body: { raw: ['text/csv', 'application/x-ndjson'], limitBytes: 100_000 },
    responses: { 200: z.unknown() },
    handler: async ({ body }) => {
      runs.push('import')
      if (failure !== undefined) throw failure
      const content = await text(body)
      return { status: 200, body: { length: content.length, run: runs.length } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/export',
    summary: '导出',
    roles: ['PLANNER'],
    idempotent: false,
    responses: { 200: { mediaType: 'text/csv' } },
    handler: async () => ({ status: 200, stream: Readable.from(['a,b\n', '1,2\n']) }),
  }),
]

let running: RunningServer
let planner: Api

beforeAll(async () => {
  running = await runningServer(routes)
})
beforeEach(async () => {
  runs = []
  failure = undefined
  hold = Promise.resolve()
  planner = await running.as(['PLANNER'], `unit-${Math.random().toString(36).slice(2)}`)
})
afterAll(() => running.stop())

describe('an Idempotency-Key', () => {
  it('is required on every idempotent route, and must be printable', async () => {
    const none = await planner.post<Problem>('/v1/things', { name: 'a' }, { headers: { 'idempotency-key': '' } })
    expect(none).toMatchObject({ status: 400, body: { code: 'idempotency-key-required' } })
    const odd = await planner.post<Problem>('/v1/things', { name: 'a' }, { key: 'has space' })
    expect(odd).toMatchObject({ status: 400, body: { errors: [{ pointer: '/headers/idempotency-key', code: 'malformed-value' }] } })
    expect((await planner.post('/v1/things', { name: 'a' }, { key: 'k'.repeat(256) })).status).toBe(400)
    expect((await planner.post('/v1/things', { name: 'a' }, { key: 'k'.repeat(255) })).status).toBe(201)
  })

  it('gives the same answer for the same key and body, without running again', async () => {
    const first = await planner.post('/v1/things', { name: 'a' }, { key: 'k1' })
    const again = await planner.post('/v1/things', { name: 'a' }, { key: 'k1' })
    expect(again).toMatchObject({ status: first.status, body: first.body as object })
    expect(again.headers.get('location')).toBe(first.headers.get('location'))
    expect(first.headers.has('idempotent-replayed')).toBe(false)
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(runs).toEqual(['a'])
  })

  it('is refused for another body, and for another resource of the same route', async () => {
    await planner.post('/v1/things', { name: 'a' }, { key: 'k1' })
    expect(await planner.post('/v1/things', { name: 'b' }, { key: 'k1' })).toMatchObject({
      status: 409,
      body: { code: 'idempotency-key-reused' },
    })
    await planner.post('/v1/things/x/file', undefined, { key: 'k2' })
    expect(await planner.post('/v1/things/y/file', undefined, { key: 'k2' })).toMatchObject({
      status: 409,
      body: { code: 'idempotency-key-reused' },
    })
    expect(runs).toEqual(['a', 'file'])
  })

  it('belongs to one unit and one route', async () => {
    const other = await running.as(['PLANNER'], 'another-unit')
    const [mine, theirs] = [
      await planner.post<{ id: string }>('/v1/things', { name: 'a' }, { key: 'k1' }),
      await other.post<{ id: string }>('/v1/things', { name: 'a' }, { key: 'k1' }),
    ]
    expect(runs).toHaveLength(2)
    expect(mine.body.id).toMatch(/^[0-9a-f]{32}$/)
    expect(mine.body.id).not.toBe(theirs.body.id)
  })

  it('is refused with Retry-After while the first request runs', async () => {
    const { opened, open } = gate()
    hold = opened
    const first = planner.post('/v1/things', { name: 'a' }, { key: 'k1' })
    await eventually(() => expect(runs).toHaveLength(1))
    const meanwhile = await planner.post('/v1/things', { name: 'a' }, { key: 'k1' })
    expect(meanwhile).toMatchObject({ status: 409, body: { code: 'request-in-progress' } })
    expect(meanwhile.headers.get('retry-after')).toBe('1')
    open()
    expect((await first).status).toBe(201)
  })

  it.each<ErrorKind>(['unavailable', 'deadline', 'exhausted', 'version-conflict', 'internal'])(
    'is free again after a failure of kind %s',
    async (kind) => {
      failure = appError(kind, 'internal')
      expect((await planner.post('/v1/things', { name: 'a' }, { key: 'k1' })).status).toBeGreaterThan(400)
      failure = undefined
      expect((await planner.post('/v1/things', { name: 'a' }, { key: 'k1' })).status).toBe(201)
      expect(runs).toHaveLength(2)
    },
  )

  it.each<ErrorKind>(['invalid', 'forbidden', 'not-found', 'already-exists', 'failed-precondition'])(
    'repeats a refusal of kind %s',
    async (kind) => {
      failure = appError(kind, 'not-found', { meta: { what: '单位', id: 'u' } })
      const first = await planner.post<Problem>('/v1/things', { name: 'a' }, { key: 'k1' })
      failure = undefined
      const again = await planner.post<Problem>('/v1/things', { name: 'a' }, { key: 'k1' })
      expect(again).toMatchObject({ status: first.status, body: first.body })
      expect(again.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
      expect(runs).toHaveLength(1)
    },
  )

  it('is not used up by a request that was refused before its handler', async () => {
    expect((await planner.post('/v1/things', {}, { key: 'k1' })).status).toBe(400)
    expect((await planner.post('/v1/things', { name: 'a' }, { key: 'k1' })).status).toBe(201)
  })

  it('keeps the answer of a handler that outlived its deadline', async () => {
    const { opened, open } = gate()
    hold = opened
    expect((await planner.post('/v1/slow', undefined, { key: 'k1' })).status).toBe(504)
    expect((await planner.post('/v1/slow', undefined, { key: 'k1' })).status).toBe(409)
    open()
    await eventually(async () => {
      expect(await planner.post('/v1/slow', undefined, { key: 'k1' })).toMatchObject({ status: 200, body: { run: 1 } })
    })
    expect(runs).toEqual(['slow'])
  })
})

describe('a streamed body', () => {
  it('reaches the handler as a stream and counts for its key like any other', async () => {
    const csv = 'id,name\n1,矿\n'
    const first = await planner.upload('/v1/import', csv, 'text/csv', { key: 'k1' })
    expect(first).toMatchObject({ status: 200, body: { length: csv.length } })
    expect(await planner.upload('/v1/import', csv, 'text/csv', { key: 'k1' })).toMatchObject({ status: 200, body: first.body as object })
    expect(await planner.upload('/v1/import', `${csv}2,井\n`, 'text/csv', { key: 'k1' })).toMatchObject({
      status: 409,
      body: { code: 'idempotency-key-reused' },
    })
    expect(runs).toEqual(['import'])
  })

  it('is hashed to its end even when the handler refused without reading it', async () => {
    failure = appError('failed-precondition', 'backlog-full')
    const body = 'x'.repeat(90_000)
    expect((await planner.upload('/v1/import', body, 'text/csv', { key: 'k1' })).status).toBe(409)
    failure = undefined
    expect(await planner.upload('/v1/import', body, 'text/csv', { key: 'k1' })).toMatchObject({
      status: 409,
      body: { code: 'backlog-full' },
    })
    expect(await planner.upload('/v1/import', `${body}y`, 'text/csv', { key: 'k1' })).toMatchObject({
      body: { code: 'idempotency-key-reused' },
    })
    expect(runs).toEqual(['import'])
  })

  it('is cut off past its limit, and its key stays free', async () => {
    expect((await planner.upload('/v1/import', 'x'.repeat(100_000), 'text/csv', { key: 'k0' })).status).toBe(200)
    const undeclared = new Blob(['x'.repeat(100_001)]).stream()
    const token = await running.issuer.token({ subject: 'z', unitId: 'u-stream', regionCode: '230300', roles: ['PLANNER'] })
    const send = (body: string | ReadableStream) =>
      fetch(`${running.url}/v1/import`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'idempotency-key': 'k1', 'content-type': 'text/csv' },
        body,
        duplex: 'half',
      })
    const refused = await send(undeclared)
    expect(refused.status).toBe(413)
    expect(await refused.json()).toMatchObject({ code: 'body-too-large' })
    expect((await send('x')).status).toBe(200)
  })

  it('must be of a declared media type', async () => {
    expect(await planner.upload('/v1/import', 'x', 'text/plain')).toMatchObject({ status: 415 })
  })
})

describe('a streamed answer', () => {
  it('is sent under its declared media type', async () => {
    const { status, headers, body } = await planner.post('/v1/export')
    expect({ status, type: headers.get('content-type'), body }).toEqual({ status: 200, type: 'text/csv', body: 'a,b\n1,2\n' })
  })
})
