import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

export interface TokenSubject {
  readonly subject: string
  readonly unitId: string
  readonly regionCode: string
  readonly roles: readonly string[]
}

/** What a test of refusals changes in an otherwise good token. Times are seconds from now. */
export interface TokenFlaws {
  readonly kid?: string
  readonly issuer?: string
  readonly audience?: string
  readonly issuedIn?: number
  readonly expiresIn?: number
}

/** A private Ed25519 JWK. */
export type PrivateKey = JWK & { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string; readonly d: string }

export interface TokenIssuer {
  readonly issuer: string
  readonly jwksUrl: string
  /** A token as the gateway mints them, valid for ten minutes. */
  token(subject: TokenSubject, flaws?: TokenFlaws): Promise<string>
  /** The private key of a service's own principal; its public half is listed under `service-<name>`. */
  serviceKey(name: string): Promise<PrivateKey>
  /** How often the key set was fetched. */
  fetches(): number
  close(): Promise<void>
}

const services = ['registry', 'planning', 'drawing', 'inspection', 'publication', 'joint', 'oversight', 'gateway'] as const
const gatewayKid = 'gateway-1'

async function newKey(): Promise<PrivateKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  return (await exportJWK(privateKey)) as PrivateKey
}

const publicHalf = ({ kty, crv, x }: PrivateKey, kid: string): JWK => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' })

/** A development issuer: a key set over HTTP on loopback, and tokens signed by it. */
export async function tokenIssuer(): Promise<TokenIssuer> {
  const gatewayKey = await newKey()
  const keys = new Map(await Promise.all(services.map(async (name) => [name as string, await newKey()] as const)))
  let fetches = 0
  const server = createServer((_request, response) => {
    fetches++
    const listed = [publicHalf(gatewayKey, gatewayKid), ...[...keys].map(([name, key]) => publicHalf(key, `service-${name}`))]
    response.setHeader('content-type', 'application/jwk-set+json')
    response.end(JSON.stringify({ keys: listed }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    issuer: origin,
    jwksUrl: `${origin}/jwks.json`,
    token(
      { subject, unitId, regionCode, roles },
      { kid = gatewayKid, issuer = origin, audience = 'dual-random', issuedIn = 0, expiresIn = 600 } = {},
    ) {
      const now = Math.floor(Date.now() / 1000)
      return new SignJWT({ unitId, regionCode, roles: [...roles] })
        .setProtectedHeader({ alg: 'EdDSA', kid })
        .setSubject(subject)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now + issuedIn)
        .setExpirationTime(now + expiresIn)
        .sign(kid === gatewayKid ? gatewayKey : (keys.get(kid.replace('service-', '')) ?? gatewayKey))
    },
    async serviceKey(name) {
      const key = keys.get(name) ?? (await newKey())
      keys.set(name, key)
      return key
    },
    fetches: () => fetches,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
