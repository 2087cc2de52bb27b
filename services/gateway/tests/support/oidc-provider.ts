import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'

/** What a test of refusals changes in an otherwise good ID token. Times are seconds from now. */
export interface IdTokenFlaws {
  readonly issuer?: string
  readonly audience?: string
  readonly expiresIn?: number
  readonly signedBy?: 'provider' | 'somebody else' | 'shared secret'
}

export interface OidcProvider {
  readonly issuer: string
  readonly jwksUrl: string
  /** What the key-set address answers with. */
  answers: 'keys' | 'nothing' | 'an error' | 'no key set'
  idToken(subject: string, flaws?: IdTokenFlaws): Promise<string>
  close(): Promise<void>
}

export const clientId = 'dual-random-test'

const kid = 'provider-1'

/** An outside OpenID Connect provider, as far as the gateway knows one: an issuer and a key set over HTTP. */
export async function oidcProvider(): Promise<OidcProvider> {
  const own = await generateKeyPair('RS256', { extractable: true })
  const other = await generateKeyPair('RS256')
  const listed = { ...(await exportJWK(own.publicKey)), kid, alg: 'RS256', use: 'sig' }
  const server = createServer((_request, response) => {
    if (provider.answers === 'nothing') response.destroy()
    else if (provider.answers === 'an error') response.writeHead(500).end()
    else response.end(JSON.stringify(provider.answers === 'keys' ? { keys: [listed] } : { message: 'maintenance' }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider: OidcProvider = {
    issuer,
    jwksUrl: `${issuer}/keys`,
    answers: 'keys',
    idToken: (subject, flaws = {}) => {
      const { signedBy = 'provider', audience = clientId, expiresIn = 300 } = flaws
      const now = Math.floor(Date.now() / 1000)
      return new SignJWT({})
        .setProtectedHeader({ alg: signedBy === 'shared secret' ? 'HS256' : 'RS256', kid })
        .setSubject(subject)
        .setIssuer(flaws.issuer ?? issuer)
        .setAudience(audience)
        .setIssuedAt(now - 600)
        .setExpirationTime(now + expiresIn)
        .sign({ provider: own.privateKey, 'somebody else': other.privateKey, 'shared secret': Buffer.from(listed.n ?? '') }[signedBy])
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return provider
}
