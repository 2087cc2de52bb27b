import { audience } from '@dual-random/auth'
import type { ServiceKey } from '@dual-random/runtime'
import { importJWK, SignJWT } from 'jose'
import type { MintToken } from '../app/ports.ts'

const lifetimeS = 900

/** Mints the short tokens that every service verifies by the gateway's key set; real time, never the demo's clock. */
export function platformTokens({
  issuer,
  key,
  kid,
}: {
  readonly issuer: string
  readonly key: ServiceKey
  readonly kid: string
}): MintToken {
  const imported = importJWK({ ...key }, 'EdDSA')
  imported.catch(() => undefined)
  return async ({ subject, unitId, regionCode, roles }) => {
    const issuedAt = Math.floor(Date.now() / 1000)
    const token = await new SignJWT({ unitId, regionCode, roles: [...roles] })
      .setProtectedHeader({ alg: 'EdDSA', kid })
      .setSubject(subject)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeS)
      .sign(await imported)
    return { token, expiresAt: new Date((issuedAt + lifetimeS) * 1000).toISOString() }
  }
}
