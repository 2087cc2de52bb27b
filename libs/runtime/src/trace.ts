import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'

/** A trace id of W3C Trace Context: 32 lower-case hex digits. */
export const newTraceId = (): string => randomBytes(16).toString('hex')

const traceparentPattern = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/

/** The trace id of a `traceparent` header; undefined when the header is absent, malformed or all zero (Trace Context §3.2.2.3). */
export function traceIdOf(traceparent: string | undefined): string | undefined {
  const traceId = traceparentPattern.exec(traceparent ?? '')?.[1]
  return traceId === undefined || /^0+$/.test(traceId) ? undefined : traceId
}

/** A `traceparent` for an outbound call or event of a trace. */
export const traceparentOf = (traceId: string): string => `00-${traceId}-${randomBytes(8).toString('hex')}-01`

const traces = new AsyncLocalStorage<string>()

/** Runs work on behalf of a trace: what it stores and publishes carries the trace on. */
export const inTrace = <T>(traceId: string, work: () => T): T => traces.run(traceId, work)

/** The trace on whose behalf this code runs; undefined outside of any. */
export const currentTraceId = (): string | undefined => traces.getStore()
