import { createService, type RunningService } from '@dual-random/service'
import { oversightConfig } from './config.ts'
import { type OversightOverrides, oversightContext } from './context.ts'
import { contributionSubscriptions } from './events/contribution-subscriptions.ts'
import { oversightGrpc } from './grpc/get-indicators.ts'
import { oversightRoutes } from './http/routes.ts'

export async function createOversightService(env: NodeJS.ProcessEnv, overrides: OversightOverrides = {}): Promise<RunningService> {
  const { infrastructure, contributions, ports } = await oversightContext(oversightConfig(env), overrides)
  return createService({
    infrastructure,
    version: '0.1.0',
    routes: oversightRoutes(ports),
    grpc: [oversightGrpc(ports)],
    subscriptions: contributionSubscriptions(contributions),
  })
}
