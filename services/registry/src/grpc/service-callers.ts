import { type Principal, servicePrincipal } from '@dual-random/auth'
import { appError } from '@dual-random/errors'

/** Throws `service-not-concerned` unless one of these services calls in its own name. */
export function requireService({ subject }: Pick<Principal, 'subject'>, services: readonly string[]): void {
  if (!services.some((service) => subject === servicePrincipal(service)))
    throw appError('forbidden', 'service-not-concerned', { meta: { services: services.join(', ') } })
}
