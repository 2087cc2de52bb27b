import { sweep } from '@dual-random/runtime'
import { createService, type RunningService } from '@dual-random/service'
import { sweepFollowUps } from './app/close-follow-up.ts'
import { sweepEntries } from './app/lapse-tasks.ts'
import { sweepMerges } from './app/merge-visits.ts'
import { inspectionConfig } from './config.ts'
import { type InspectionOverrides, inspectionContext } from './context.ts'
import { inspectionSubscriptions } from './events/subscriptions.ts'
import { inspectionGrpc } from './grpc/get-task.ts'
import { expertRoutes } from './http/expert-routes.ts'
import { feedbackRoutes } from './http/feedback-routes.ts'
import { findingRoutes } from './http/finding-routes.ts'
import { leaderRoutes } from './http/leader-routes.ts'
import { noticeRoutes } from './http/notice-routes.ts'
import { onSiteRoutes } from './http/on-site-routes.ts'
import { openingRoutes } from './http/opening-routes.ts'
import { recusalRoutes } from './http/recusal-routes.ts'
import { resultRoutes } from './http/result-routes.ts'
import { taskRoutes } from './http/task-routes.ts'
import { visitRoutes } from './http/visit-routes.ts'

export async function createInspectionService(env: NodeJS.ProcessEnv, overrides: InspectionOverrides = {}): Promise<RunningService> {
  const config = inspectionConfig(env)
  const { infrastructure, deps } = await inspectionContext(config, overrides)
  const { logger, metrics, store } = infrastructure
  const every = { everyMs: config.DR_SWEEP_MS, logger, metrics }
  return createService({
    infrastructure,
    version: '0.1.0',
    routes: [
      ...taskRoutes(deps),
      ...recusalRoutes(deps),
      ...feedbackRoutes(deps),
      ...expertRoutes(deps),
      ...onSiteRoutes(deps),
      ...noticeRoutes(deps),
      ...leaderRoutes(deps),
      ...openingRoutes(deps),
      ...findingRoutes(deps),
      ...visitRoutes(deps),
      ...resultRoutes(deps),
    ],
    grpc: [inspectionGrpc(deps.tasks)],
    subscriptions: inspectionSubscriptions(store, deps),
    sweeps: [
      sweep({ name: 'entries', ...every, run: (signal) => sweepEntries(deps, signal) }),
      sweep({ name: 'follow-ups', ...every, run: (signal) => sweepFollowUps(deps, signal) }),
      sweep({ name: 'merges', ...every, run: (signal) => sweepMerges(deps, signal) }),
    ],
  })
}
