import { appError } from '@dual-random/errors'
import { type Clock, epochMsOf } from '@dual-random/kernel'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import { audience, principalOf } from './claims.ts'
import type { Principal } from './principal.ts'

export interface Verifier {
  /** Throws `unauthenticated` (token-missing, token-invalid), `forbidden roles-incompatible`, or `unavailable` while the keys cannot be had. */
  verify(token: string): Promise<Principal>
}

export interface VerifierOptions {
  readonly jwksUrl: string
  readonly issuer: string
  /** Tokens live in real time: never the demo's clock. The system clock when absent. */
  readonly clock?: Clock
  /** How long after a fetch an unknown kid does not cause another, in milliseconds (5,000). */
  readonly cooldownMs?: number
}

const clockToleranceS = 5
const fetchTimeoutMs = 5000
const keysMaxAgeMs = 600_000

/** Verifies tokens against the gateway's keys, fetched when first needed and again for an unknown kid, so services start in any order. */
export function createVerifier({ jwksUrl, issuer, clock, cooldownMs = 5000 }: VerifierOptions): Verifier {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cooldownDuration: cooldownMs,
    timeoutDuration: fetchTimeoutMs,
    cacheMaxAge: keysMaxAgeMs,
  })
  return {
    async verify(token) {
      if (token === '') throw appError('unauthenticated', 'token-missing')
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        algorithms: ['EdDSA'],
        audience,
        clockTolerance: clockToleranceS,
        requiredClaims: ['sub', 'iss', 'exp', 'iat'],
        ...(clock === undefined ? {} : { currentDate: new Date(epochMsOf(clock())) }),
      }).catch((cause: unknown) => {
        throw isRefusal(cause)
          ? appError('unauthenticated', 'token-invalid', { cause })
          : appError('unavailable', 'service-unavailable', { meta: { service: 'gateway' }, cause })
      })
      if (protectedHeader.kid === undefined) throw appError('unauthenticated', 'token-invalid')
      return principalOf(payload, protectedHeader.kid, issuer, token)
    },
  }
}

/** Whether jose judged the token. A failed fetch, a timeout or an unreadable key set says nothing about it. */
const isRefusal = (cause: unknown): boolean =>
  cause instanceof errors.JOSEError &&
  !(cause instanceof errors.JWKSTimeout) &&
  !(cause instanceof errors.JWKSInvalid) &&
  cause.code !== 'ERR_JOSE_GENERIC'
