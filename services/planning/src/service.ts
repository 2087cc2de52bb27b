import { createService, type RunningService } from '@dual-random/service'
import { planningConfig } from './config.ts'
import { type PlanningOverrides, planningContext } from './context.ts'
import { onDraw } from './events/on-draw.ts'
import { planningService } from './grpc/get-plan-line.ts'
import { planningRoutes } from './http/router.ts'

export async function createPlanningService(env: NodeJS.ProcessEnv, overrides: PlanningOverrides = {}): Promise<RunningService> {
  const { infrastructure, ports, draws } = await planningContext(planningConfig(env), overrides)
  return createService({
    infrastructure,
    version: '0.1.0',
    routes: planningRoutes(ports),
    grpc: [planningService(ports)],
    subscriptions: [onDraw(draws)],
  })
}
