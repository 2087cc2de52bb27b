import type { Route } from '@dual-random/http'
import { createService, type RunningService } from '@dual-random/service'
import { type GatewayConfig, gatewayConfig } from './config.ts'
import { gatewayContext } from './context.ts'
import { feedSubscriptions } from './events/feed-subscriptions.ts'
import { clockRoute } from './http/clock-route.ts'
import { feedRoute } from './http/feed-route.ts'
import { keySetRoute, type PublicKey } from './http/key-set-route.ts'
import { readPortal } from './http/portal-files.ts'
import { portalRoutes } from './http/portal-routes.ts'
import { proxyRoutes } from './http/proxy-routes.ts'
import { sessionRoute } from './http/session-route.ts'
import { isFeedPosition } from './store/feed-store.ts'

export async function createGatewayService(env: NodeJS.ProcessEnv): Promise<RunningService> {
  const config = gatewayConfig(env)
  const portal = config.DR_PORTAL_DIR === undefined ? [] : readPortal(config.DR_PORTAL_DIR)
  const { infrastructure, sessions, feed, source } = await gatewayContext(config)
  const routes: readonly Route[] = [
    sessionRoute(sessions),
    keySetRoute([publicSigningKey(config), ...config.DR_SERVICE_JWKS.keys]),
    clockRoute(infrastructure.clock),
    feedRoute({ source, isPosition: isFeedPosition }),
    ...proxyRoutes(originsOf(config)),
    ...portalRoutes(portal),
  ]
  return createService({
    infrastructure,
    version: '0.1.0',
    routes,
    grpc: [],
    subscriptions: feedSubscriptions(infrastructure.store, (entry, hidesEarlier) => feed.add(entry, hidesEarlier)),
  })
}

function publicSigningKey({ DR_SIGNING_KEY: { kty, crv, x, kid } }: GatewayConfig): PublicKey {
  return { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' }
}

const originsOf = (config: GatewayConfig): ReadonlyMap<string, string> =>
  new Map([
    ['registry', config.DR_REGISTRY_HTTP],
    ['planning', config.DR_PLANNING_HTTP],
    ['drawing', config.DR_DRAWING_HTTP],
    ['inspection', config.DR_INSPECTION_HTTP],
    ['publication', config.DR_PUBLICATION_HTTP],
    ['joint', config.DR_JOINT_HTTP],
    ['oversight', config.DR_OVERSIGHT_HTTP],
  ])
