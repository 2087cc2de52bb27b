import { pipeline } from 'node:stream/promises'
import type { Verifier } from '@dual-random/auth'
import { type AppError, appError, languageOf, toAppError } from '@dual-random/errors'
import { inTrace, type Logger, type Metrics, withinMs } from '@dual-random/runtime'
import type { Request, RequestHandler, Response } from 'express'
import { problemAnswer, send, storedAnswer } from './answer.ts'
import type { IdempotencyStore } from './idempotency-store.ts'
import { derivedIdOf, idempotencyKeyOf, once } from './idempotent.ts'
import { receiveBody } from './request-body.ts'
import { contextOf, traceOf } from './request-context.ts'
import type { JsonRoute, RawRoute, RequestContext, Route, RouteAnswer } from './route.ts'
import { invalidInput } from './violations.ts'

export interface HandleOptions {
  readonly logger: Logger
  readonly metrics: Metrics
  readonly verifier: Verifier
  readonly idempotency: IdempotencyStore
  /** Aborts when the server drains: a raw route's stream has no other end. */
  readonly draining: AbortSignal
  /** Aborts when the server closes. */
  readonly ending: AbortSignal
  /** Keeps the server from ending before the work is done, even when the client no longer waits. */
  readonly track: (work: Promise<unknown>) => void
}

/** An express handler for a route: identity, input, idempotency, deadline, then the answer or a problem document. */
export function handle(route: Route, options: HandleOptions): RequestHandler {
  return async (request, response) => {
    const startedAt = performance.now()
    const traceId = traceOf(request)
    response.setHeader('x-request-id', traceId)
    response.once('close', () => observe(route, response, traceId, startedAt, options))
    try {
      const context = await contextOf(request, response, route, {
        ...options,
        traceId,
        ending: route.kind === 'raw' ? options.draining : options.ending,
      })
      await inTrace(traceId, async () => {
        if (route.kind === 'raw') await route.handler(request, response, context)
        else await answer(route, request, response, context, options)
      })
    } catch (thrown) {
      refuse(request, response, thrown, traceId, route, options.logger)
    }
  }
}

function observe({ path }: Route, response: Response, traceId: string, startedAt: number, { logger, metrics }: HandleOptions): void {
  const durationMs = performance.now() - startedAt
  const { method } = response.req
  const status = response.statusCode
  metrics.httpRequests.observe({ method, route: path, status: String(status) }, durationMs / 1000)
  logger.debug({ traceId, method, route: path, status, durationMs: Math.round(durationMs) }, 'request')
}

/** Sends the problem document of what was thrown. Only `internal` is logged as an error, once; its text never leaves. */
export function refuse(
  request: Request,
  response: Response,
  thrown: unknown,
  traceId: string,
  route: Route | undefined,
  logger: Logger,
): void {
  const error = toAppError(thrown)
  const clientGone = request.destroyed && !request.complete
  if (error.kind === 'internal' && !clientGone) logger.error({ err: thrown, traceId, route: route?.path }, 'request failed')
  if (response.headersSent) response.destroy()
  else send(response, problemAnswer(error, request, traceId, languageOf(request.headers['accept-language'])))
}

const lateness = (): AppError => appError('deadline', 'deadline-exceeded')

async function answer(
  route: JsonRoute,
  request: Request,
  response: Response,
  context: RequestContext,
  options: HandleOptions,
): Promise<void> {
  const params = parse(route.params, request.params, '/path')
  const query = parse(route.query, request.query, '/query')
  const key = route.idempotent ? idempotencyKeyOf(request, route, context) : undefined
  const body = await receiveBody(request, route)
  let stream: RouteAnswer['stream']
  const run = async () => {
    const given = await route.handler({
      ...context,
      request,
      params,
      query,
      body: body.value,
      ...(key === undefined ? {} : { idempotencyKey: key.key }),
      get derivedId() {
        if (key === undefined) throw new Error(`${route.method} ${route.path} is not idempotent`)
        return derivedIdOf(key)
      },
    })
    if (given.stream !== undefined && key !== undefined) throw new Error('an answer that can be replayed is no stream')
    stream = given.stream
    return storedAnswer(route, given)
  }
  const refusal = (error: AppError) => problemAnswer(error, request, context.traceId, context.language)
  const work = key === undefined ? run() : once(options.idempotency, key, body, run, refusal)
  options.track(work)
  const stored = await withinMs(work, context.deadline - Date.now(), lateness)
  if (stream === undefined) return send(response, stored)
  response.status(stored.status)
  for (const [name, value] of Object.entries(stored.headers)) response.setHeader(name, value)
  await pipeline(stream, response)
}

function parse(schema: JsonRoute['params'], input: unknown, base: string): unknown {
  if (schema === undefined) return undefined
  const parsed = schema.safeParse(input, { reportInput: true })
  if (!parsed.success) throw invalidInput(parsed.error, base)
  return parsed.data
}

/** Answers 405 with `Allow` for the methods a path does not have, and OPTIONS. */
export function otherMethods(routes: readonly (Route | RawRoute)[], logger: Logger): RequestHandler {
  const methods = [...new Set(routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))]
  return (request, response) => {
    response.setHeader('allow', [...methods, 'OPTIONS'].join(', '))
    if (request.method === 'OPTIONS') response.status(204).end()
    else
      refuse(
        request,
        response,
        appError('invalid', 'method-not-allowed', { meta: { method: request.method } }),
        traceOf(request),
        undefined,
        logger,
      )
  }
}
