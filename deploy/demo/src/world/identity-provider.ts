import { createServer, type Server } from 'node:http'
import { type AddressInfo } from 'node:net'
import { importJWK, SignJWT } from 'jose'
import { type KeyRing, publicJwk } from './keys.ts'

/** The outside OpenID Connect provider of the demo: it says who somebody is, never what they may do. */
export interface IdentityProvider extends AsyncDisposable {
  readonly issuer: string
  readonly jwksUrl: string
  idToken(subject: string): Promise<string>
}

export const clientId = 'dual-random'

export async function startIdentityProvider(keys: KeyRing): Promise<IdentityProvider> {
  const key = keys.jwk('demo-identity-provider')
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [publicJwk(key)] }))
  })
  const url = await listenLocally(server)
  const issuer = `${url}/`
  const signingKey = await importJWK({ ...key }, 'EdDSA')
  return {
    issuer,
    jwksUrl: `${url}/jwks.json`,
    idToken: (subject) =>
      new SignJWT({})
        .setProtectedHeader({ alg: 'EdDSA', kid: key.kid })
        .setIssuer(issuer)
        .setAudience(clientId)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(signingKey),
    [Symbol.asyncDispose]: () => closeServer(server),
  }
}

/** Starts a server on a free loopback port; its base URL. */
export async function listenLocally(server: Server): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
