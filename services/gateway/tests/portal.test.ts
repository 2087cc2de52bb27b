import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { createVerifier } from '@dual-random/auth'
import { createHttpServer, type HttpServer } from '@dual-random/http'
import type { Instant } from '@dual-random/kernel'
import { ConfigError, createHealth, createLogger, createMetrics } from '@dual-random/runtime'
import { memoryIdempotencyStore } from '@dual-random/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clockRoute } from '../src/http/clock-route.ts'
import { readPortal } from '../src/http/portal-files.ts'
import { portalRoutes } from '../src/http/portal-routes.ts'
import { proxyRoutes } from '../src/http/proxy-routes.ts'

const folder = mkdtempSync(join(tmpdir(), 'portal-'))
const page = '<!doctype html><title>门户</title>'
const script = `console.log('${'a'.repeat(5000)}')`
const now = '2026-03-02T01:05:00.000Z' as Instant
let server: HttpServer

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), page)
  writeFileSync(join(folder, 'favicon.svg'), '<svg/>')
  writeFileSync(join(folder, 'assets/index-BYaNOW_n.js'), script)
  server = createHttpServer({
    service: 'gateway',
    version: '0',
    port: 0,
    routes: [clockRoute(() => now), ...proxyRoutes(new Map()), ...portalRoutes(readPortal(folder))],
    logger: createLogger({ service: 'gateway', level: 'silent' }),
    metrics: createMetrics('gateway'),
    health: createHealth(),
    verifier: createVerifier({ jwksUrl: 'http://127.0.0.1:9/jwks.json', issuer: 'http://127.0.0.1:9' }),
    idempotency: memoryIdempotencyStore(),
  })
  await server.start()
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

/** An answer as it comes, compressed or not, to a path as it is written. */
const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  new Promise<{ readonly status: number | undefined; readonly headers: IncomingHttpHeaders; readonly body: Buffer }>((resolve, reject) => {
    request({ host: '127.0.0.1', port: server.port, path, method, headers, agent: false }, (answer) => {
      buffer(answer).then((body) => resolve({ status: answer.statusCode, headers: answer.headers, body }), reject)
    })
      .once('error', reject)
      .end()
  })

describe('the portal behind the gateway', () => {
  it('is a page that is asked for again each time, under a strict policy', async () => {
    const { status, headers, body } = await get('/')
    expect([status, body.toString('utf8')]).toEqual([200, page])
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|upgrade-insecure|https:/)
    expect((await get('/', { 'if-none-match': String(headers['etag']) })).status).toBe(304)
    expect((await get('/', { 'if-none-match': '"other"' })).status).toBe(200)
    expect((await get('/?draw=abc')).body.toString('utf8')).toBe(page)
  })

  it('has assets that never change under their hashed names, and others that may', async () => {
    const { headers, body } = await get('/assets/index-BYaNOW_n.js')
    expect(body.toString('utf8')).toBe(script)
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'content-length': String(script.length),
    })
    expect((await get('/favicon.svg')).headers).toMatchObject({ 'content-type': 'image/svg+xml', 'cache-control': 'no-cache' })
  })

  it('is sent compressed to whoever takes that, each form under its own tag', async () => {
    const plain = await get('/assets/index-BYaNOW_n.js')
    const brotli = await get('/assets/index-BYaNOW_n.js', { 'accept-encoding': 'gzip, deflate, br' })
    const gzip = await get('/assets/index-BYaNOW_n.js', { 'accept-encoding': 'gzip' })
    expect(brotli.headers['content-encoding']).toBe('br')
    expect(brotliDecompressSync(brotli.body).toString('utf8')).toBe(script)
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(gunzipSync(gzip.body).toString('utf8')).toBe(script)
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(new Set([plain, brotli, gzip].map(({ headers }) => headers['etag'])).size).toBe(3)
  })

  it('answers HEAD without a body, no other method, and nothing outside its folder', async () => {
    const head = await get('/', {}, 'HEAD')
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(Buffer.byteLength(page))])
    expect((await get('/', {}, 'POST')).status).toBe(405)
    for (const path of ['/assets/', '/assets/other.js', '/../package.json', '/%2e%2e/package.json', '/index.html']) {
      const { status, headers } = await get(path)
      expect([path, status, headers['content-type']]).toEqual([path, 404, 'application/problem+json; charset=utf-8'])
    }
  })

  it('leaves the routes of the API as they are', async () => {
    const { status, headers } = await get('/api/nobody/v1/x')
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
  })

  it('is refused at the start where the folder holds no built portal', () => {
    const empty = mkdtempSync(join(tmpdir(), 'portal-'))
    expect(() => readPortal(empty)).toThrow(ConfigError)
    writeFileSync(join(empty, 'index.html'), page)
    writeFileSync(join(empty, 'secret.pem'), 'x')
    expect(() => readPortal(empty)).toThrow(/secret\.pem/)
    rmSync(empty, { recursive: true })
  })
})

describe('the platform clock', () => {
  it('tells what time it is there, and is never kept', async () => {
    const { headers, body } = await get('/v1/clock')
    expect(JSON.parse(body.toString('utf8'))).toEqual({ now })
    expect(headers['cache-control']).toBe('no-store')
  })
})
