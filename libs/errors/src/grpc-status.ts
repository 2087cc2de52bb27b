import { BadRequest, ErrorInfo, RetryInfo, Status } from '@dual-random/contracts/rpc'
import { Metadata, type ServiceError, type StatusObject } from '@grpc/grpc-js'
import { AppError, type ErrorKind, toAppError, type Violation } from './app-error.ts'
import { type Meta, messageText } from './messages/catalogue.ts'
import { kindOfGrpc, renderings } from './tables.ts'

const detailsKey = 'grpc-status-details-bin'
const typeUrl = (name: string): string => `type.googleapis.com/google.rpc.${name}`

/** The gRPC status of an error, its details as google.rpc.Status in `grpc-status-details-bin`. `domain` is the service that raised it. */
export function toGrpcStatus(thrown: unknown, domain: string, traceId: string): StatusObject {
  const error = toAppError(thrown)
  const code = renderings[error.kind].grpc
  const message = messageText(error.code, { ...error.meta, traceId }, 'en')
  const details = [
    {
      typeUrl: typeUrl('ErrorInfo'),
      value: ErrorInfo.encode({ reason: reasonOf(error.code), domain, metadata: textsOf(error.meta) }).finish(),
    },
    ...(error.violations.length > 0 ? [{ typeUrl: typeUrl('BadRequest'), value: badRequest(error.violations) }] : []),
    ...(error.retryAfterMs === undefined ? [] : [{ typeUrl: typeUrl('RetryInfo'), value: retryInfo(error.retryAfterMs) }]),
  ]
  const metadata = new Metadata()
  metadata.set(detailsKey, Buffer.from(Status.encode({ code, message, details }).finish()))
  return { code, details: message, metadata }
}

/** The error behind a failed call. A status without our details (a proxy, a dead peer) keeps its kind under a common code. */
export function fromGrpcError(failure: ServiceError, peer: string): AppError {
  const kind = kindOfGrpc(failure.code)
  const packed = failure.metadata?.get(detailsKey)[0]
  if (packed instanceof Buffer) return unpack(kind, Status.decode(packed))
  if (kind === 'deadline') return new AppError(kind, 'deadline-exceeded', { cause: failure })
  if (kind === 'unavailable') return new AppError(kind, 'service-unavailable', { meta: { service: peer }, cause: failure })
  return new AppError('internal', 'internal', { cause: failure })
}

function unpack(kind: ErrorKind, packed: Status): AppError {
  let code = 'internal'
  let meta: Meta = {}
  let violations: readonly Violation[] = []
  let retryAfterMs: number | undefined
  for (const { typeUrl: type, value } of packed.details) {
    if (type === typeUrl('ErrorInfo')) {
      const info = ErrorInfo.decode(value)
      code = info.reason.toLowerCase().replaceAll('_', '-')
      meta = info.metadata
    } else if (type === typeUrl('BadRequest')) {
      violations = BadRequest.decode(value).fieldViolations.map(({ field, reason, description }) => ({
        pointer: field,
        code: reason.toLowerCase().replaceAll('_', '-'),
        meta: description === '' ? {} : (JSON.parse(description) as Meta),
      }))
    } else if (type === typeUrl('RetryInfo')) {
      const delay = RetryInfo.decode(value).retryDelay
      if (delay !== undefined) retryAfterMs = Number(delay.seconds) * 1000 + Math.round(delay.nanos / 1e6)
    }
  }
  return new AppError(kind, code, { meta, violations, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) })
}

/** google.rpc.ErrorInfo asks for UPPER_SNAKE_CASE. */
const reasonOf = (code: string): string => code.toUpperCase().replaceAll('-', '_')

const textsOf = (meta: Meta): Record<string, string> =>
  Object.fromEntries(Object.entries(meta).map(([name, value]) => [name, String(value)]))

const badRequest = (violations: readonly Violation[]): Uint8Array =>
  BadRequest.encode({
    fieldViolations: violations.map(({ pointer, code, meta }) => ({
      field: pointer,
      reason: reasonOf(code),
      description: JSON.stringify(meta),
    })),
  }).finish()

const retryInfo = (milliseconds: number): Uint8Array =>
  RetryInfo.encode({
    retryDelay: { seconds: BigInt(Math.floor(milliseconds / 1000)), nanos: (milliseconds % 1000) * 1e6 },
  }).finish()
