import { type AppError, type ErrorCode, type Language, problemMediaType, retryAfterSeconds, toProblem } from '@dual-random/errors'
import type { Request, Response } from 'express'
import type { StoredAnswer } from './idempotency-store.ts'
import { isMediaBody, type JsonRoute, type RouteAnswer } from './route.ts'

/** Statuses that HTTP alone has a better number for than the kind's. */
const httpStatuses: Partial<Record<ErrorCode, number>> = {
  'method-not-allowed': 405,
  'body-too-large': 413,
  'unsupported-media-type': 415,
}

/** A problem document as an answer, in the language asked for. */
export function problemAnswer(error: AppError, request: Request, traceId: string, language: Language): StoredAnswer {
  const conditional = request.headers['if-match'] !== undefined
  const problem = toProblem(error, { instance: request.originalUrl, traceId, language, conditional })
  const status = (httpStatuses as Readonly<Record<string, number>>)[error.code] ?? problem.status
  const retryAfter = retryAfterSeconds(error)
  return {
    status,
    headers: {
      'content-type': `${problemMediaType}; charset=utf-8`,
      'content-language': language === 'zh' ? 'zh-CN' : 'en',
      vary: 'Accept-Language',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      // What is left of an oversized body is not worth reading.
      ...(status === 413 ? { connection: 'close' } : {}),
    },
    body: JSON.stringify({ ...problem, status }),
  }
}

/** A handler's answer as it is sent; a stream is not part of it. */
export function storedAnswer({ responses }: JsonRoute, { status, headers = {}, body, stream }: RouteAnswer): StoredAnswer {
  const declared = responses[status]
  const mediaType = declared !== undefined && isMediaBody(declared) ? declared.mediaType : 'application/json; charset=utf-8'
  const contentType = body === undefined && stream === undefined ? {} : { 'content-type': mediaType }
  const text = body === undefined ? '' : typeof body === 'string' && !mediaType.startsWith('application/json') ? body : JSON.stringify(body)
  return { status, headers: { ...contentType, ...headers }, body: text }
}

export function send(response: Response, { status, headers, body }: StoredAnswer): void {
  response.status(status)
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  response.end(body)
}
