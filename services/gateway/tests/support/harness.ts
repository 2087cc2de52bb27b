import { events } from '@dual-random/contracts'
import { freePort } from '@dual-random/local-stack'
import type { RunningService } from '@dual-random/service'
import { type PrivateKey, type TestScope, testScope, tokenIssuer } from '@dual-random/testkit'
import { createGatewayService } from '../../src/index.ts'
import { clientId, type OidcProvider, oidcProvider } from './oidc-provider.ts'
import { type RegistryPeer, registryPeer } from './registry-peer.ts'
import { type Upstream, upstream } from './upstream.ts'

export const topics = [
  events.planning.planPublished.topic,
  events.drawing.drawCommitted.topic,
  events.publication.publicationPublished.topic,
]

export interface Harness extends AsyncDisposable {
  readonly scope: TestScope
  readonly url: string
  readonly jwksUrl: string
  readonly service: RunningService
  readonly provider: OidcProvider
  readonly registry: RegistryPeer
  /** Behind the names of all services but oversight, which is dead. */
  readonly behind: Upstream
}

const publicHalf = ({ kty, crv, x }: PrivateKey, kid: string) => ({ kty, crv, x, kid, alg: 'EdDSA', use: 'sig' })

/** The gateway on the real broker and store. It, and registry behind it, verify tokens by the gateway's own key set. */
export async function gatewayHarness(): Promise<Harness> {
  const scope = await testScope('gateway')
  await scope.createTopics(topics)
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const jwksUrl = `${url}/.well-known/jwks.json`
  const keys = await tokenIssuer()
  const provider = await oidcProvider()
  const registry = await registryPeer({ jwksUrl, issuer: url })
  const behind = await upstream()
  const service = await createGatewayService({
    ...scope.env,
    PORT: String(port),
    DR_JWKS_URL: jwksUrl,
    DR_TOKEN_ISSUER: url,
    DR_OIDC_ISSUER: provider.issuer,
    DR_OIDC_JWKS_URL: provider.jwksUrl,
    DR_OIDC_CLIENT_ID: clientId,
    DR_SIGNING_KEY: JSON.stringify({ ...(await keys.serviceKey('signing')), kid: 'gateway-test' }),
    DR_SERVICE_JWKS: JSON.stringify({
      keys: await Promise.all(
        ['gateway', 'registry'].map(async (name) => publicHalf(await scope.issuer.serviceKey(name), `service-${name}`)),
      ),
    }),
    DR_REGISTRY_GRPC: registry.address,
    ...Object.fromEntries(
      ['REGISTRY', 'PLANNING', 'DRAWING', 'INSPECTION', 'PUBLICATION', 'JOINT'].map((name) => [`DR_${name}_HTTP`, behind.origin]),
    ),
    DR_OVERSIGHT_HTTP: `http://127.0.0.1:${await freePort()}`,
  })
  await service.start()
  await keys.close()
  return {
    scope,
    url,
    jwksUrl,
    service,
    provider,
    registry,
    behind,
    [Symbol.asyncDispose]: async () => {
      await service[Symbol.asyncDispose]()
      await Promise.all([provider.close(), registry.close(), behind.close(), scope.dispose()])
    },
  }
}
