import type { Principal, Role } from '@dual-random/auth'
import type { CallContext } from './call-context.ts'
import type { MethodShape, RequestOf, ResponseOf, ServiceShape } from './method-shape.ts'

export interface ServerCall {
  readonly principal: Principal
  /** Passed on to outbound calls as it is: the token travels, and the deadline leaves time to report a late callee. */
  readonly context: CallContext & { readonly signal: AbortSignal }
}

/** A call that anyone may make: nobody is known, and no token travels on. */
export interface PublicCall {
  readonly context: Omit<CallContext, 'token'> & { readonly signal: AbortSignal }
}

interface Optional<Request> {
  /** Request fields that may be missing; any other makes the request `invalid`. */
  readonly optional?: readonly (keyof Request & string)[]
}

interface Access<Request> extends Optional<Request> {
  readonly roles: readonly Role[]
}

export interface UnaryHandler<Request, Response> extends Access<Request> {
  readonly handle: (request: Request, call: ServerCall) => Promise<Response>
}

export interface StreamHandler<Request, Response> extends Access<Request> {
  readonly handle: (request: Request, call: ServerCall) => AsyncIterable<Response>
}

export type Handlers<S extends ServiceShape> = {
  readonly [M in keyof S]: S[M]['responseStream'] extends true
    ? StreamHandler<RequestOf<S[M]>, ResponseOf<S[M]>>
    : UnaryHandler<RequestOf<S[M]>, ResponseOf<S[M]>>
}

/** Handlers of a service whose every method is public: what is exchanged proves itself. */
export type PublicHandlers<S extends ServiceShape> = {
  readonly [M in keyof S]: Optional<RequestOf<S[M]>> & {
    readonly handle: (
      request: RequestOf<S[M]>,
      call: PublicCall,
    ) => S[M]['responseStream'] extends true ? AsyncIterable<ResponseOf<S[M]>> : Promise<ResponseOf<S[M]>>
  }
}

export interface MethodImplementation {
  readonly method: MethodShape
  readonly roles: readonly Role[] | 'public'
  readonly optional: readonly string[]
  readonly handle: (request: object, call: ServerCall | PublicCall) => Promise<object> | AsyncIterable<object>
}

/** A service's methods, ready for `createGrpcServer`. */
export interface GrpcImplementation {
  readonly methods: Readonly<Record<string, MethodImplementation>>
}

/** Binds a generated service definition to its handlers; a method without one does not compile. */
export const implement = <S extends ServiceShape>(definition: S, handlers: Handlers<S>): GrpcImplementation =>
  bind(definition, (name) => handlers[name] as Bound)

/** The same for a service that anyone may call without a token. */
export const implementPublic = <S extends ServiceShape>(definition: S, handlers: PublicHandlers<S>): GrpcImplementation =>
  bind(definition, (name) => ({ ...(handlers[name] as Omit<Bound, 'roles'>), roles: 'public' }))

// The definition's own type ties each handler to its method's messages; here they are all objects.
interface Bound {
  readonly roles: MethodImplementation['roles']
  readonly optional?: readonly string[]
  readonly handle: (request: never, call: never) => object
}

function bind(definition: ServiceShape, handlerOf: (name: string) => Bound): GrpcImplementation {
  const methods = Object.entries(definition).map(([name, method]): [string, MethodImplementation] => {
    const { roles, optional = [], handle } = handlerOf(name)
    return [name, { method, roles, optional, handle: handle as MethodImplementation['handle'] }]
  })
  return { methods: Object.fromEntries(methods) }
}
