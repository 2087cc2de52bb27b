import type { Readable } from 'node:stream'
import type { Principal, Role } from '@dual-random/auth'
import type { Language } from '@dual-random/errors'
import type { Request, Response } from 'express'
import type * as z from 'zod'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What travels on to other services; the shape of `CallContext` in libs/grpc. */
export interface OutboundContext {
  readonly deadline: number
  readonly token: string
  readonly traceId: string
  readonly signal: AbortSignal
}

export interface RequestContext {
  readonly principal: Principal
  readonly language: Language
  readonly traceId: string
  /** Epoch milliseconds of real time. */
  readonly deadline: number
  /** Aborts when the client is gone or was told that the time is up (a command goes on to its end), and when the server closes. */
  readonly signal: AbortSignal
  /** For outbound gRPC calls: token, deadline and trace travel. */
  readonly context: OutboundContext
}

export interface RouteContext<P, Q, B> extends RequestContext {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly request: Request
  readonly idempotencyKey?: string
  /** 32 hex digits from unit, route and key, for the id of what this command creates; throws on a route that is not idempotent. */
  readonly derivedId: string
}

export interface RouteAnswer {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Sent instead of `body`, with the media type of its response declaration. */
  readonly stream?: Readable
}

/** A body handed over as a stream, refused once it passes `limitBytes`. */
export interface RawBody {
  readonly raw: readonly string[]
  readonly limitBytes: number
  /** Whether the command may come without one, where something else of it stands for the body; a body that comes has a media type in any case. */
  readonly isOptional?: boolean
}

export interface MediaBody {
  readonly mediaType: string
  /** Others that the handler may choose, by a `content-type` of its own. */
  readonly otherMediaTypes?: readonly string[]
}

type Shape = z.ZodObject | undefined
type Body = z.ZodType | RawBody | undefined

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined
type ParsedBody<B> = B extends RawBody ? Readable : Parsed<B>

interface Access {
  readonly method: Method
  /** Express path, `/v1/plans/:planId/file`. */
  readonly path: string
  readonly roles: readonly Role[] | 'public'
  /** How long the handler may take, in milliseconds (30,000). */
  readonly timeoutMs?: number
}

export interface RouteOptions<P extends Shape, Q extends Shape, B extends Body> extends Access {
  readonly summary: string
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly responses: Readonly<Record<number, z.ZodType | MediaBody>>
  /** Whether an Idempotency-Key is required and honoured; by default true for POST alone. */
  readonly idempotent?: boolean
  readonly handler: (context: RouteContext<Parsed<P>, Parsed<Q>, ParsedBody<B>>) => Promise<RouteAnswer>
}

export interface JsonRoute extends Access {
  readonly kind: 'route'
  readonly summary: string
  readonly params: z.ZodObject | undefined
  readonly query: z.ZodObject | undefined
  readonly body: z.ZodType | RawBody | undefined
  readonly responses: Readonly<Record<number, z.ZodType | MediaBody>>
  readonly idempotent: boolean
  readonly handler: (context: RouteContext<unknown, unknown, unknown>) => Promise<RouteAnswer>
}

export interface RawRouteOptions extends Access {
  readonly summary?: string
  readonly handler: (request: Request, response: Response, context: RequestContext) => Promise<void> | void
}

export interface RawRoute extends RawRouteOptions {
  readonly kind: 'raw'
}

export type Route = JsonRoute | RawRoute

/** A route with checked input. Express decodes and zod checks before the handler; what it throws becomes a problem document. */
export function route<P extends Shape = undefined, Q extends Shape = undefined, B extends Body = undefined>(
  options: RouteOptions<P, Q, B>,
): Route {
  const { params, query, body, handler, idempotent = options.method === 'POST' } = options
  return { ...options, kind: 'route', params, query, body, idempotent, handler: handler as JsonRoute['handler'] }
}

/** A route whose handler owns request and response (server-sent events); identity, trace and problem documents still hold. */
export const rawRoute = (options: RawRouteOptions): Route => ({ ...options, kind: 'raw' })

export const isRawBody = (body: z.ZodType | RawBody | undefined): body is RawBody => body !== undefined && 'raw' in body

export const isMediaBody = (body: z.ZodType | MediaBody): body is MediaBody => 'mediaType' in body
