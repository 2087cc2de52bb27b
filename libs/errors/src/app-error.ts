import { type ErrorCode, type Meta, messageText } from './messages/catalogue.ts'

export type ErrorKind =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'already-exists'
  | 'failed-precondition'
  | 'version-conflict'
  | 'exhausted'
  | 'unavailable'
  | 'deadline'
  | 'internal'

/** One thing wrong with an input: `pointer` is a JSON pointer (RFC 6901) into it. */
export interface Violation {
  readonly pointer: string
  readonly code: string
  readonly meta: Meta
}

export interface AppErrorOptions {
  readonly meta?: Meta
  readonly violations?: readonly Violation[]
  readonly retryAfterMs?: number
  readonly cause?: unknown
}

/** The only error class that crosses an edge. Whatever else is thrown becomes `internal`, its text withheld. */
export class AppError extends Error {
  readonly kind: ErrorKind
  readonly code: string
  readonly meta: Meta
  readonly violations: readonly Violation[]
  readonly retryAfterMs: number | undefined

  constructor(kind: ErrorKind, code: string, options: AppErrorOptions = {}) {
    super(messageText(code, options.meta ?? {}, 'en'), options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AppError'
    this.kind = kind
    this.code = code
    this.meta = options.meta ?? {}
    this.violations = options.violations ?? []
    this.retryAfterMs = options.retryAfterMs
  }
}

/** An error of this build's catalogue. */
export const appError = (kind: ErrorKind, code: ErrorCode, options: AppErrorOptions = {}): AppError => new AppError(kind, code, options)

/** `invalid` with one violation per problem. */
export const invalidRequest = (violations: readonly Violation[]): AppError => appError('invalid', 'invalid-request', { violations })

/** A violation of this build's catalogue. */
export const violation = (pointer: string, code: ErrorCode, meta: Meta = {}): Violation => ({ pointer, code, meta })

/** The error itself when it is one, else `internal` with the thrown value as its cause. */
export const toAppError = (thrown: unknown): AppError =>
  thrown instanceof AppError ? thrown : appError('internal', 'internal', { cause: thrown })

/** Whether a caller may try the same call again without changing anything. */
export const isRetryable = (error: AppError): boolean =>
  error.kind === 'unavailable' || error.kind === 'deadline' || error.kind === 'exhausted' || error.kind === 'version-conflict'
