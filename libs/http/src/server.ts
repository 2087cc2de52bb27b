import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Verifier } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { Health, Logger, Metrics } from '@dual-random/runtime'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import { builtIn } from './built-in.ts'
import { type HandleOptions, handle, otherMethods, refuse } from './handle.ts'
import type { IdempotencyStore } from './idempotency-store.ts'
import { traceOf } from './request-context.ts'
import type { Route } from './route.ts'

export interface HttpServerOptions {
  readonly service: string
  readonly version: string
  /** 0 means any free one. */
  readonly port: number
  /** 127.0.0.1 when absent. */
  readonly host?: string
  readonly routes: readonly Route[]
  readonly logger: Logger
  readonly metrics: Metrics
  readonly health: Health
  readonly verifier: Verifier
  readonly idempotency: IdempotencyStore
}

export interface HttpServer {
  /** The bound port once started. */
  readonly port: number
  start(): Promise<void>
  /** Accepts no new connection and waits for the requests and commands in flight. */
  drain(): Promise<void>
  /** Cuts what is left. */
  close(): Promise<void>
}

/** From the first byte of a request to its last. */
const uploadWithinMs = 3_600_000

/** Offers `routes`, the built-in ones, and problem documents for everything else. */
export function createHttpServer({ port, host = '127.0.0.1', ...options }: HttpServerOptions): HttpServer {
  const draining = new AbortController()
  const ending = new AbortController()
  const working = new Set<Promise<unknown>>()
  const track = (work: Promise<unknown>): void => {
    const forget = (): void => void working.delete(work)
    working.add(work)
    work.then(forget, forget)
  }
  const app = createApp(options, { ...options, draining: draining.signal, ending: ending.signal, track })
  // Node gives up a request that is not received within five minutes; a register of 256 MB on a clerk's line takes longer.
  const server = createServer({ requestTimeout: uploadWithinMs }, app)
  // A kept-alive connection whose request ends during the drain would hold it up until it times out.
  server.on('request', (_request, response) => {
    response.once('close', () => {
      if (draining.signal.aborted) setImmediate(() => server.closeIdleConnections())
    })
  })
  let bound = port
  return {
    get port() {
      return bound
    },
    async start() {
      server.listen(port, host)
      await once(server, 'listening')
      bound = (server.address() as AddressInfo).port
    },
    async drain() {
      draining.abort()
      if (server.listening) await new Promise((resolve) => server.close(resolve))
      await Promise.allSettled(working)
    },
    async close() {
      draining.abort()
      ending.abort()
      if (server.listening) server.close()
      server.closeAllConnections()
    },
  }
}

function createApp(options: Omit<HttpServerOptions, 'port' | 'host'>, handling: HandleOptions): Express {
  const { routes, logger } = options
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.use(helmet())
  app.use(builtIn(options))
  for (const route of routes) app[methodName(route)](route.path, handle(route, handling))
  for (const path of new Set(routes.map((route) => route.path))) {
    const sharing = routes.filter((route) => route.path === path)
    const methods = sharing.map(({ method }) => method)
    if (new Set(methods).size < methods.length) throw new Error(`${path} is declared twice for one method`)
    app.all(path, otherMethods(sharing, logger))
  }
  const notFound: RequestHandler = (request, response) =>
    refuse(
      request,
      response,
      appError('not-found', 'route-not-found', { meta: { path: request.path } }),
      traceOf(request),
      undefined,
      logger,
    )
  // Express recognises an error handler by its four parameters; what reaches it failed before any route began.
  const failed: ErrorRequestHandler = (thrown: unknown, request, response, _next) =>
    refuse(
      request,
      response,
      isBadTarget(thrown) ? appError('not-found', 'route-not-found', { meta: { path: request.path } }) : thrown,
      traceOf(request),
      undefined,
      logger,
    )
  app.use(notFound)
  app.use(failed)
  return app
}

const methodName = ({ method }: Route) => method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete'

/** A target that does not decode (`/%zz`) names nothing. */
const isBadTarget = (thrown: unknown): boolean => thrown instanceof URIError
