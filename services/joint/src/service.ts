import { createService, type RunningService } from '@dual-random/service'
import { progressOf } from './app/follow-joint-tasks.ts'
import { jointConfig } from './config.ts'
import { jointContext } from './context.ts'
import { exchangeSubscriptions } from './events/exchange-subscriptions.ts'
import { regionSubscriptions } from './events/joint-subscriptions.ts'
import { jointGrpc } from './grpc/list-recognised-records.ts'
import { listMatchRoutes } from './http/list-match-routes.ts'
import { jointRoutes } from './http/routes.ts'

export async function createJointService(env: NodeJS.ProcessEnv): Promise<RunningService> {
  const config = jointConfig(env)
  const context = await jointContext(config)
  const { infrastructure, tasks, departmentTasks, recognised, records } = context
  const { store, clock } = infrastructure
  return createService({
    infrastructure,
    version: '0.1.0',
    routes: [
      ...jointRoutes({
        jointTasks: tasks,
        progressOf: (task) => progressOf(departmentTasks, task),
        recognised,
        records,
        clock,
      }),
      ...listMatchRoutes({ matches: context.matches, clock }),
    ],
    grpc: [jointGrpc(recognised)],
    subscriptions: [
      ...regionSubscriptions(store, context),
      ...exchangeSubscriptions(store, { aliases: config.DR_EXCHANGE_ALIASES, servedRegions: config.DR_REGIONS, recognised }),
    ],
  })
}
