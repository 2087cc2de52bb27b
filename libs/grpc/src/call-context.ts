import type { ServiceTokens } from '@dual-random/auth'
import { newTraceId } from '@dual-random/runtime'

/** What every call carries from hop to hop. */
export interface CallContext {
  /** Epoch milliseconds of real time. */
  readonly deadline: number
  readonly token: string
  readonly traceId: string
  readonly signal?: AbortSignal
}

export interface ServiceContextOptions {
  readonly tokens: ServiceTokens
  readonly timeoutMs: number
  /** A new trace when absent. */
  readonly traceId?: string
  readonly signal?: AbortSignal
}

/** The context of work that a service does on its own. */
export const serviceContext = async ({ tokens, timeoutMs, traceId, signal }: ServiceContextOptions): Promise<CallContext> => ({
  deadline: Date.now() + timeoutMs,
  token: await tokens.token(),
  traceId: traceId ?? newTraceId(),
  ...(signal === undefined ? {} : { signal }),
})
