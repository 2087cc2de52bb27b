import { importJWK, type JWK, SignJWT } from 'jose'
import { audience, servicePrincipal } from './claims.ts'

export interface ServiceTokens {
  /** A token of this service's own principal, valid for at least another minute. */
  token(): Promise<string>
}

const lifetimeS = 300
const renewBeforeS = 60

/** Signs the tokens of background work with the service's own Ed25519 key; the gateway's JWKS lists its public half. */
export function createServiceTokens({ service, key }: { readonly service: string; readonly key: JWK }): ServiceTokens {
  const principal = servicePrincipal(service)
  const imported = importJWK(key, 'EdDSA')
  imported.catch(() => undefined)
  let current: { readonly token: Promise<string>; readonly renewAt: number } | undefined
  const sign = async (issuedAt: number): Promise<string> =>
    new SignJWT({ roles: ['SERVICE'] })
      .setProtectedHeader({ alg: 'EdDSA', kid: principal })
      .setSubject(principal)
      .setIssuer(principal)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + lifetimeS)
      .sign(await imported)
  return {
    token() {
      const now = Math.floor(Date.now() / 1000)
      if (current === undefined || now >= current.renewAt) current = { token: sign(now), renewAt: now + lifetimeS - renewBeforeS }
      return current.token
    },
  }
}
