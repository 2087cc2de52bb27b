import type { Principal, Role } from '@dual-random/auth'
import type { CallContext } from './call-context.ts'
import type { MethodShape, RequestOf, ResponseOf, ServiceShape } from './method-shape.ts'

export interface ServerCall {
  readonly principal: Principal
  /** Passed on to outbound calls as it is: the token travels, and the deadline leaves time to report a late callee. */
  readonly context: CallContext & { readonly signal: AbortSignal }
}

interface Access<Request> {
  readonly roles: readonly Role[]
  /** Request fields that may be missing; any other makes the request `invalid`. */
  readonly optional?: readonly (keyof Request & string)[]
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

export interface MethodImplementation {
  readonly method: MethodShape
  readonly roles: readonly Role[]
  readonly optional: readonly string[]
  readonly handle: (request: object, call: ServerCall) => Promise<object> | AsyncIterable<object>
}

/** A service's methods, ready for `createGrpcServer`. */
export interface GrpcImplementation {
  readonly methods: Readonly<Record<string, MethodImplementation>>
}

/** Binds a generated service definition to its handlers; a method without one does not compile. */
export function implement<S extends ServiceShape>(definition: S, handlers: Handlers<S>): GrpcImplementation {
  const methods = Object.entries(definition).map(([name, method]): [string, MethodImplementation] => {
    // The definition's own type ties each handler to its method's messages; here they are all objects.
    const { roles, optional = [], handle } = handlers[name] as Access<object> & Pick<MethodImplementation, 'handle'>
    return [name, { method, roles, optional, handle }]
  })
  return { methods: Object.fromEntries(methods) }
}
