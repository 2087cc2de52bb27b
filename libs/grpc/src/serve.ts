import { once } from 'node:events'
import type { Verifier } from '@dual-random/auth'
import { type AppError, appError, toAppError, toGrpcStatus } from '@dual-random/errors'
import { inTrace, type Logger, type Metrics, withinMs } from '@dual-random/runtime'
import { type handleServerStreamingCall, type handleUnaryCall, type ServerWritableStream, status } from '@grpc/grpc-js'
import type { MethodImplementation, PublicCall, ServerCall } from './implement.ts'
import { admit, type InboundCall, inboundDeadline, inboundTraceId } from './inbound.ts'

export interface ServeOptions {
  readonly service: string
  readonly logger: Logger
  readonly metrics: Metrics
  /** Absent only where every method is public. */
  readonly verifier?: Verifier
}

const lateness = (): AppError => appError('deadline', 'deadline-exceeded')

/** Runs one call within its deadline. The call's signal aborts when the caller goes away or the time is up. */
async function attend<T>(
  call: InboundCall,
  implementation: MethodImplementation,
  { service, logger, metrics, verifier }: ServeOptions,
  work: (admitted: ServerCall | PublicCall) => Promise<T>,
): Promise<T> {
  const startedAt = performance.now()
  const traceId = inboundTraceId(call)
  const rpc = implementation.method.path
  const gone = new AbortController()
  call.on('cancelled', () => gone.abort())
  const observe = (code: status): void => metrics.grpcServed.observe({ rpc, code: status[code] }, (performance.now() - startedAt) / 1000)
  try {
    const deadline = inboundDeadline(call)
    const run = async (): Promise<T> => work(await admit(call, implementation, verifier, { deadline, traceId, signal: gone.signal }))
    const answer = await withinMs(inTrace(traceId, run), deadline - Date.now(), lateness)
    observe(status.OK)
    return answer
  } catch (thrown) {
    gone.abort()
    const error = toAppError(thrown)
    if (error.kind === 'internal') logger.error({ err: thrown, traceId, rpc }, 'gRPC call failed')
    else logger.debug({ traceId, rpc, code: error.code }, 'gRPC call refused')
    const failure = toGrpcStatus(error, service, traceId)
    observe(failure.code)
    throw failure
  }
}

/** A grpc-js handler for a unary method. */
export const serveUnary =
  (implementation: MethodImplementation, options: ServeOptions): handleUnaryCall<object, object> =>
  (call, callback) => {
    const handle = implementation.handle as (request: object, call: ServerCall | PublicCall) => Promise<object>
    attend(call, implementation, options, (admitted) => handle(call.request, admitted)).then(
      (response) => callback(null, response),
      (failure: object) => callback(failure),
    )
  }

/** A grpc-js handler for a server stream; the generator is asked for the next message only when the last one could be taken. */
export const serveStream =
  (implementation: MethodImplementation, options: ServeOptions): handleServerStreamingCall<object, object> =>
  (call) => {
    const handle = implementation.handle as (request: object, call: ServerCall | PublicCall) => AsyncIterable<object>
    attend(call, implementation, options, (admitted) => writeAll(call, handle(call.request, admitted), admitted.context.signal)).then(
      () => call.end(),
      (failure: Error) => call.emit('error', failure),
    )
  }

async function writeAll(call: ServerWritableStream<object, object>, messages: AsyncIterable<object>, signal: AbortSignal): Promise<void> {
  for await (const message of messages) {
    if (signal.aborted) return
    if (!call.write(message)) await once(call, 'drain', { signal }).catch(() => undefined)
  }
}
