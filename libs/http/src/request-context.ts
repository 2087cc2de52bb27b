import type { Principal } from '@dual-random/auth'
import { publicPrincipal, requireRole, type Verifier } from '@dual-random/auth'
import { appError, languageOf } from '@dual-random/errors'
import { newTraceId, traceIdOf } from '@dual-random/runtime'
import type { Request, Response } from 'express'
import type { RequestContext, Route } from './route.ts'

const defaultTimeoutMs = 30_000

/** The trace of a request: its `traceparent`, else an `X-Request-Id` that is a UUID, else a new one. */
export function traceOf(request: Request): string {
  const given = request.headers['x-request-id']
  const requestId = typeof given === 'string' ? given.replaceAll('-', '').toLowerCase() : ''
  return traceIdOf(request.get('traceparent')) ?? (/^[0-9a-f]{32}$/.test(requestId) ? requestId : newTraceId())
}

/** The bearer token of a request, empty when there is none. */
function tokenOf(request: Request): string {
  const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ')
  return scheme.toLowerCase() === 'bearer' ? token : ''
}

async function identify(request: Request, { roles }: Route, verifier: Verifier): Promise<Principal> {
  const token = tokenOf(request)
  if (token === '') {
    if (roles === 'public') return publicPrincipal
    throw appError('unauthenticated', 'token-missing')
  }
  const principal = await verifier.verify(token)
  if (roles !== 'public') requireRole(principal, roles)
  return principal
}

/** A command runs to its end even when nobody waits any more, so that a repeated request finds its answer. */
const isCommand = (route: Route): boolean => route.kind === 'route' && route.idempotent

function goneSignal(response: Response): AbortSignal {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  return gone.signal
}

/** Who calls, until when, in which language. `ending` aborts when the server needs the work to end. */
export async function contextOf(
  request: Request,
  response: Response,
  route: Route,
  { verifier, traceId, ending }: { readonly verifier: Verifier; readonly traceId: string; readonly ending: AbortSignal },
): Promise<RequestContext> {
  const principal = await identify(request, route, verifier)
  const signal = isCommand(route) ? ending : AbortSignal.any([goneSignal(response), ending])
  const deadline = Date.now() + (route.timeoutMs ?? defaultTimeoutMs)
  return {
    principal,
    language: languageOf(request.headers['accept-language']),
    traceId,
    deadline,
    signal,
    context: { deadline, token: principal.token, traceId, signal },
  }
}
