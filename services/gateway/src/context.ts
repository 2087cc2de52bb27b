import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { createGrpcClient, serviceContext } from '@dual-random/grpc'
import { openInfrastructure } from '@dual-random/service'
import { feedSource } from './app/feed-source.ts'
import type { OpenSessionPorts } from './app/open-session.ts'
import type { GatewayConfig } from './config.ts'
import { idTokenVerifier } from './identity/id-tokens.ts'
import { platformTokens } from './identity/platform-tokens.ts'
import { feedStore } from './store/feed-store.ts'

const lookUpTimeoutMs = 5000

/** The one place where the gateway's dependencies are built. */
export async function gatewayContext(config: GatewayConfig) {
  const infrastructure = await openInfrastructure({ name: 'gateway', config })
  const { lifecycle, logger, metrics, store, tokens } = infrastructure
  const registry = createGrpcClient(RegistryServiceClient, {
    address: config.DR_REGISTRY_GRPC,
    peer: 'registry',
    idempotent: ['listRoleBindings'],
    metrics,
  })
  lifecycle.add('registry client', { close: async () => registry.close() })
  const sessions: OpenSessionPorts = {
    verifyIdToken: idTokenVerifier({ issuer: config.DR_OIDC_ISSUER, jwksUrl: config.DR_OIDC_JWKS_URL, audience: config.DR_OIDC_CLIENT_ID }),
    findBindings: async (subject) => {
      const context = await serviceContext({ tokens, timeoutMs: lookUpTimeoutMs })
      return (await registry.unary('listRoleBindings', { subject }, context)).bindings
    },
    mintToken: platformTokens({ issuer: config.DR_TOKEN_ISSUER, key: config.DR_SIGNING_KEY, kid: config.DR_SIGNING_KEY.kid }),
  }
  const feed = feedStore(store)
  return { infrastructure, sessions, feed, source: feedSource(feed, (err) => logger.error({ err }, 'feed could not be read')) }
}
