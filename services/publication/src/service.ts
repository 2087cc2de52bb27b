import { sweep } from '@dual-random/runtime'
import { createService, type RunningService } from '@dual-random/service'
import { sweepPublishedPlans } from './app/deliver-plans.ts'
import { sweepDrawnSubjects, sweepSubjectDeadlines } from './app/push-drawn-subjects.ts'
import { sweepDeadlines, sweepProvisional, sweepProvisionalSubjects, sweepPushes, sweepUnscheduled } from './app/sweeps.ts'
import { publicationConfig } from './config.ts'
import { type Overrides, publicationContext } from './context.ts'
import { subscriptions } from './events/subscriptions.ts'
import { publicationService } from './grpc/get-publication.ts'
import { drawnListRoutes } from './http/drawn-list-routes.ts'
import { objectionRoutes } from './http/objection-routes.ts'
import { publicListRoutes } from './http/public-list-routes.ts'
import { publicRoutes } from './http/public-routes.ts'
import { publishRoute } from './http/publish-route.ts'
import { publishedPlanRoutes } from './http/published-plan-routes.ts'
import { recordRoutes } from './http/record-routes.ts'
import { withholdRoutes } from './http/withhold-routes.ts'

/** How often records are looked at that an event could not schedule: registry was away, a key was unset. */
const unscheduledEveryMs = 30_000
const provisionalEveryMs = 3_600_000

export async function createPublicationService(env: NodeJS.ProcessEnv, overrides: Overrides = {}): Promise<RunningService> {
  const config = publicationConfig(env)
  const context = await publicationContext(config, overrides)
  const { infrastructure, publications, subjects, clock, workingDays } = context
  const { logger, metrics } = infrastructure
  const viewer = { now: clock, workingDaysBetween: context.workingDaysBetween }
  const every = (name: string, everyMs: number, run: (signal: AbortSignal) => Promise<void>) =>
    sweep({ name, everyMs, run, logger, metrics })
  return createService({
    infrastructure,
    version: '0.1.0',
    routes: [
      publishRoute(context),
      ...recordRoutes(publications, viewer),
      ...withholdRoutes(context, viewer),
      ...publicRoutes(context),
      ...objectionRoutes(context),
      ...publicListRoutes(context),
      ...drawnListRoutes(context),
      ...publishedPlanRoutes(context),
    ],
    grpc: [publicationService(publications)],
    subscriptions: subscriptions(infrastructure.store, context, context.draws),
    sweeps: [
      every('deadlines', config.DR_DEADLINE_SWEEP_MS, async (signal) => {
        await sweepDeadlines(publications, clock, signal)
        await sweepSubjectDeadlines(subjects, clock, signal)
      }),
      every('pushes', config.DR_PUSH_SWEEP_MS, (signal) => sweepPushes(context, signal)),
      every('drawn-subjects', config.DR_PUSH_SWEEP_MS, (signal) => sweepDrawnSubjects(context, signal)),
      every('published-plans', config.DR_PUSH_SWEEP_MS, async (signal) => {
        const left = await sweepPublishedPlans(context, signal)
        context.planMetrics.undelivered(await context.plans.pendingSince())
        if (left.size > 0) logger.warn({ left: Object.fromEntries(left) }, 'published plans are not on their channels')
      }),
      every('unscheduled', unscheduledEveryMs, async (signal) => {
        const left = await sweepUnscheduled(context, signal)
        if (left.size > 0) logger.warn({ left: Object.fromEntries(left) }, 'records cannot be scheduled')
      }),
      every('provisional', provisionalEveryMs, async (signal) => {
        await sweepProvisional(publications, workingDays, signal)
        await sweepProvisionalSubjects(subjects, workingDays, signal)
      }),
    ],
  })
}
