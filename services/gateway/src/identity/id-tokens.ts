import { appError } from '@dual-random/errors'
import { createRemoteJWKSet, errors, jwtVerify } from 'jose'
import type { VerifyIdToken } from '../app/ports.ts'

export interface IdTokenOptions {
  readonly issuer: string
  readonly jwksUrl: string
  /** Client id at the provider. */
  readonly audience: string
}

const clockToleranceS = 5

/** ID tokens of the outside provider (OpenID Connect Core §3.1.3.7), asymmetric algorithms only. */
export function idTokenVerifier({ issuer, jwksUrl, audience }: IdTokenOptions): VerifyIdToken {
  const keys = createRemoteJWKSet(new URL(jwksUrl), { timeoutDuration: 5000, cooldownDuration: 5000 })
  return async (idToken) => {
    try {
      const { payload } = await jwtVerify(idToken, keys, {
        issuer,
        audience,
        algorithms: ['EdDSA', 'ES256', 'RS256', 'PS256'],
        clockTolerance: clockToleranceS,
        requiredClaims: ['sub', 'exp', 'iat'],
      })
      return { subject: String(payload.sub) }
    } catch (cause) {
      if (isKeySetFailure(cause)) throw appError('unavailable', 'identity-provider-unavailable', { retryAfterMs: 1000, cause })
      throw appError('unauthenticated', 'token-invalid', { cause })
    }
  }
}

/** Whatever jose does not blame on the token: no connection, another status than 200, no JSON, no key set. */
const isKeySetFailure = (cause: unknown): boolean =>
  !(cause instanceof errors.JOSEError) ||
  cause.code === errors.JOSEError.code ||
  cause instanceof errors.JWKSTimeout ||
  cause instanceof errors.JWKSInvalid
