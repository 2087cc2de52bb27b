import { type AppError, toAppError } from './app-error.ts'
import { type Language, messageText } from './messages/catalogue.ts'
import { renderings } from './tables.ts'

/** A problem document (RFC 9457) as this project sends it. */
export interface Problem {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: string
  readonly traceId: string
  readonly errors?: readonly { readonly pointer: string; readonly code: string; readonly detail: string }[]
}

export interface ProblemContext {
  readonly instance: string
  readonly traceId: string
  readonly language: Language
  /** With If-Match a version conflict is 412 (RFC 9110 §13.1.1). */
  readonly conditional?: boolean
}

export const problemMediaType = 'application/problem+json'

export function toProblem(thrown: unknown, context: ProblemContext): Problem {
  const error = toAppError(thrown)
  const rendering = renderings[error.kind]
  return {
    type: `urn:dual-random:error:${error.code}`,
    title: rendering.title[context.language],
    status: error.kind === 'version-conflict' && context.conditional === true ? 412 : rendering.http,
    detail: messageText(error.code, { ...error.meta, traceId: context.traceId }, context.language),
    instance: context.instance,
    code: error.code,
    traceId: context.traceId,
    ...violationsOf(error, context.language),
  }
}

function violationsOf(error: AppError, language: Language): Pick<Problem, 'errors'> {
  if (error.violations.length === 0) return {}
  return {
    errors: error.violations.map(({ pointer, code, meta }) => ({ pointer, code, detail: messageText(code, meta, language) })),
  }
}

/** Seconds for a Retry-After header; undefined where retrying the same request makes no sense. */
export function retryAfterSeconds(error: AppError): number | undefined {
  if (error.retryAfterMs !== undefined) return Math.max(1, Math.ceil(error.retryAfterMs / 1000))
  return error.kind === 'unavailable' || error.kind === 'exhausted' ? 1 : undefined
}
