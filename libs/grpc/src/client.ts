import { AppError, appError, fromGrpcError } from '@dual-random/errors'
import { type Metrics, traceparentOf } from '@dual-random/runtime'
import {
  type CallOptions,
  type ChannelCredentials,
  type Client,
  type ClientOptions,
  type ClientReadableStream,
  type ClientUnaryCall,
  credentials as channelCredentials,
  Metadata,
  type ServiceError,
  status,
} from '@grpc/grpc-js'
import type { CallContext } from './call-context.ts'
import { channelOptions, isLoopback } from './channel-options.ts'
import type { ServiceShape } from './method-shape.ts'
import { retryServiceConfig } from './retry.ts'

type UnaryCall<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: Partial<CallOptions>,
  callback: (error: ServiceError | null, response: Response) => void,
) => ClientUnaryCall

type StreamCall<Request, Response> = (
  request: Request,
  metadata?: Metadata,
  options?: Partial<CallOptions>,
) => ClientReadableStream<Response>

type Own<C> = Exclude<keyof C, keyof Client> & string

// A readable stream is a unary call by shape, so streams are told first.
export type StreamMethod<C> = { [M in Own<C>]: C[M] extends StreamCall<infer _Q, infer _R> ? M : never }[Own<C>]
export type UnaryMethod<C> = { [M in Own<C>]: C[M] extends UnaryCall<infer _Q, infer _R> ? M : never }[Exclude<Own<C>, StreamMethod<C>>]

export type RequestFor<C, M extends keyof C> =
  C[M] extends StreamCall<infer Q, infer _R> ? Q : C[M] extends UnaryCall<infer Q, infer _R> ? Q : never
export type ResponseFor<C, M extends keyof C> =
  C[M] extends StreamCall<infer _Q, infer R> ? R : C[M] extends UnaryCall<infer _Q, infer R> ? R : never

/** The context of a call that needs no token: to a public method of someone else, who must not see ours. */
export type AnonymousContext = Omit<CallContext, 'token'>

/** Calls to one peer. What fails arrives as the `AppError` the peer threw. */
export interface GrpcClient<C extends Client> {
  unary<M extends UnaryMethod<C>>(method: M, request: RequestFor<C, M>, context: CallContext | AnonymousContext): Promise<ResponseFor<C, M>>
  /** Messages as they are asked for; leaving the loop early cancels the call. */
  stream<M extends StreamMethod<C>>(
    method: M,
    request: RequestFor<C, M>,
    context: CallContext | AnonymousContext,
  ): AsyncIterable<ResponseFor<C, M>>
  close(): void
}

export interface ClientConstructor<C extends Client> {
  new (address: string, credentials: ChannelCredentials, options?: Partial<ClientOptions>): C
  readonly service: ServiceShape
  readonly serviceName: string
}

export interface GrpcClientOptions<C extends Client> {
  /** `host:port` */
  readonly address: string
  /** The service at that address, named in errors. */
  readonly peer: string
  /** Needed unless the address is loopback. */
  readonly credentials?: ChannelCredentials
  /** Methods that may be tried again when the peer was unavailable. */
  readonly idempotent?: readonly Own<C>[]
  readonly metrics?: Metrics
}

/** What an `address` (`host:port`) needs: TLS by the machine's own trust store, nothing on loopback. */
export const tlsBeyondLoopback = (address: string): Pick<GrpcClientOptions<Client>, 'credentials'> =>
  isLoopback(address.slice(0, address.lastIndexOf(':'))) ? {} : { credentials: channelCredentials.createSsl() }

const reconnectBackoffMs = { 'grpc.initial_reconnect_backoff_ms': 100, 'grpc.max_reconnect_backoff_ms': 5000 } as const

/** A client that connects when first used and stays until closed. */
export function createGrpcClient<C extends Client>(
  constructor: ClientConstructor<C>,
  { address, peer, credentials, idempotent = [], metrics }: GrpcClientOptions<C>,
): GrpcClient<C> {
  const host = address.slice(0, address.lastIndexOf(':'))
  if (credentials === undefined && !isLoopback(host)) throw new Error(`gRPC without TLS goes to loopback only, not to ${address}`)
  const client = new constructor(address, credentials ?? channelCredentials.createInsecure(), {
    ...channelOptions,
    ...reconnectBackoffMs,
    'grpc.service_config': retryServiceConfig(constructor.serviceName, constructor.service, idempotent),
  })
  const bound = (method: keyof C): unknown => (client[method] as (...parameters: unknown[]) => unknown).bind(client)
  const observe = (rpc: string, startedAt: number, code: status): void =>
    metrics?.grpcCalls.observe({ peer, rpc, code: status[code] }, (performance.now() - startedAt) / 1000)

  return {
    unary<M extends UnaryMethod<C>>(method: M, request: RequestFor<C, M>, context: CallContext | AnonymousContext) {
      const call = bound(method) as UnaryCall<RequestFor<C, M>, ResponseFor<C, M>>
      const startedAt = performance.now()
      return new Promise<ResponseFor<C, M>>((resolve, reject) => {
        requireTime(context)
        const pending = call(request, metadataOf(context), { deadline: context.deadline }, (error, response) => {
          observe(method, startedAt, error?.code ?? status.OK)
          if (error === null) resolve(response)
          else reject(failureOf(error, peer))
        })
        cancelOn(context.signal, pending)
      })
    },
    async *stream<M extends StreamMethod<C>>(method: M, request: RequestFor<C, M>, context: CallContext | AnonymousContext) {
      requireTime(context)
      const call = bound(method) as StreamCall<RequestFor<C, M>, ResponseFor<C, M>>
      const startedAt = performance.now()
      const messages = call(request, metadataOf(context), { deadline: context.deadline })
      const forget = cancelOn(context.signal, messages)
      let code = status.CANCELLED
      try {
        for await (const message of messages) yield message as ResponseFor<C, M>
        code = status.OK
      } catch (thrown) {
        code = (thrown as ServiceError).code
        throw failureOf(thrown as ServiceError, peer)
      } finally {
        observe(method, startedAt, code)
        forget()
        messages.cancel()
      }
    },
    close: () => client.close(),
  }
}

function requireTime({ deadline }: AnonymousContext): void {
  if (deadline <= Date.now()) throw appError('deadline', 'deadline-exceeded')
}

function metadataOf(context: CallContext | AnonymousContext): Metadata {
  const metadata = new Metadata()
  if ('token' in context) metadata.set('authorization', `Bearer ${context.token}`)
  metadata.set('traceparent', traceparentOf(context.traceId))
  return metadata
}

/** Cancels a call with its context; the result forgets the signal, which may outlive the call. */
function cancelOn(
  signal: AbortSignal | undefined,
  call: { cancel(): void; once(event: 'status', listener: () => void): unknown },
): () => void {
  if (signal === undefined) return () => undefined
  const cancel = (): void => call.cancel()
  const forget = (): void => signal.removeEventListener('abort', cancel)
  if (signal.aborted) cancel()
  else signal.addEventListener('abort', cancel, { once: true })
  call.once('status', forget)
  return forget
}

/** A call this side cancelled ran out of its own time; all else is what the peer raised. */
function failureOf(thrown: ServiceError, peer: string): AppError {
  if (thrown instanceof AppError) return thrown
  if (thrown.code === status.CANCELLED) return appError('deadline', 'deadline-exceeded', { cause: thrown })
  return fromGrpcError(thrown, peer)
}
