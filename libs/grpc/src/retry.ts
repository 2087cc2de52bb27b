import type { ServiceShape } from './method-shape.ts'

/** A service config (gRFC A6) that retries only UNAVAILABLE, only for the named methods, within the call's own deadline. */
export function retryServiceConfig(serviceName: string, definition: ServiceShape, idempotent: readonly string[]): string {
  if (idempotent.length === 0) return JSON.stringify({ loadBalancingConfig: [], methodConfig: [] })
  const name = idempotent.map((method) => ({ service: serviceName, method: definition[method]?.path.split('/').at(-1) }))
  const retryPolicy = {
    maxAttempts: 5,
    initialBackoff: '0.1s',
    maxBackoff: '1s',
    backoffMultiplier: 2,
    retryableStatusCodes: ['UNAVAILABLE'],
  }
  return JSON.stringify({ loadBalancingConfig: [], methodConfig: [{ name, retryPolicy }] })
}
