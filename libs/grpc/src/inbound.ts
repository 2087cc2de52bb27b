import { requireRole, type Verifier } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { newTraceId, traceIdOf } from '@dual-random/runtime'
import type { Metadata, ServerUnaryCall, ServerWritableStream } from '@grpc/grpc-js'
import type { MethodImplementation, PublicCall, ServerCall } from './implement.ts'
import { requireComplete } from './request-check.ts'

export type InboundCall = ServerUnaryCall<object, object> | ServerWritableStream<object, object>

/** Kept back from each inbound deadline, so that this service can still report that a callee was late. */
export const trimMs = 50

const textOf = (metadata: Metadata, name: string): string => String(metadata.get(name)[0] ?? '')

export const inboundTraceId = (call: InboundCall): string => traceIdOf(textOf(call.metadata, 'traceparent')) ?? newTraceId()

/** The trimmed deadline in epoch milliseconds; throws `invalid deadline-required` when the caller set none. */
export function inboundDeadline(call: InboundCall): number {
  const deadline = call.getDeadline()
  const epochMs = deadline instanceof Date ? deadline.getTime() : deadline
  if (!Number.isFinite(epochMs)) throw appError('invalid', 'deadline-required')
  return epochMs - trimMs
}

/** Verifies who is calling and that they may, then that the request is complete. Of a public method only the latter. */
export async function admit(
  call: InboundCall,
  { method, roles, optional }: MethodImplementation,
  verifier: Verifier | undefined,
  context: PublicCall['context'],
): Promise<ServerCall | PublicCall> {
  if (roles === 'public') {
    requireComplete(method, call.request, optional)
    return { context }
  }
  if (verifier === undefined) throw new Error(`${method.path} needs roles and nothing verifies tokens`)
  const [scheme = '', token = ''] = textOf(call.metadata, 'authorization').split(' ')
  if (scheme.toLowerCase() !== 'bearer' || token === '') throw appError('unauthenticated', 'token-missing')
  const principal = await verifier.verify(token)
  requireRole(principal, roles)
  requireComplete(method, call.request, optional)
  return { principal, context: { ...context, token } }
}
