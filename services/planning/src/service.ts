import { type Sweep, sweep } from '@dual-random/runtime'
import { createService, type RunningService } from '@dual-random/service'
import { reportConsistency } from './app/consistency-reports.ts'
import { deliverReminders } from './app/deliver-reminders.ts'
import { raiseReminders } from './app/raise-reminders.ts'
import type { ReminderTransport } from './app/term-ports.ts'
import { planningConfig } from './config.ts'
import { type PlanningOverrides, planningContext } from './context.ts'
import { onDraw } from './events/on-draw.ts'
import { onPlanDelivery } from './events/on-plan-delivery.ts'
import { onTask } from './events/on-task.ts'
import { onUnit } from './events/on-unit.ts'
import { planningService } from './grpc/get-plan-line.ts'
import { planningRoutes } from './http/router.ts'

export async function createPlanningService(env: NodeJS.ProcessEnv, overrides: PlanningOverrides = {}): Promise<RunningService> {
  const config = planningConfig(env)
  const { infrastructure, ports, draws, policyOf, reminderTransport, systemClock } = await planningContext(config, overrides)
  const { logger, metrics } = infrastructure
  const consistency = async (signal: AbortSignal): Promise<void> => {
    const left = await reportConsistency({ ...ports, policyOf }, signal)
    if (left.size > 0) logger.warn({ left: Object.fromEntries(left) }, 'plans cannot be compared with their tasks')
  }
  const raise = async (signal: AbortSignal): Promise<void> => {
    const left = await raiseReminders({ ...ports, systemClock, policyOf, unitsOf: ports.registry.elsewhere.units }, signal)
    if (left.size > 0) logger.warn({ left: Object.fromEntries(left) }, 'dates of plans cannot be looked at')
  }
  const deliveries = (transport: ReminderTransport): Sweep =>
    sweep({
      name: 'reminder-deliveries',
      everyMs: config.DR_REMINDER_SWEEP_MS,
      run: async (signal) => {
        const left = await deliverReminders({ reminders: ports.reminders, transport, systemClock }, signal)
        if (left.size > 0) logger.warn({ left: Object.fromEntries(left) }, 'reminders cannot be delivered')
      },
      logger,
      metrics,
    })
  return createService({
    infrastructure,
    version: '0.1.0',
    routes: planningRoutes(ports),
    grpc: [planningService(ports)],
    subscriptions: [
      onDraw(draws),
      onTask(infrastructure.store, ports),
      onUnit(infrastructure.store, ports),
      onPlanDelivery(infrastructure.store, ports),
    ],
    sweeps: [
      sweep({ name: 'consistency-reports', everyMs: config.DR_CONSISTENCY_SWEEP_MS, run: consistency, logger, metrics }),
      ...(config.DR_TERM_SWEEP_MS === 0
        ? []
        : [sweep({ name: 'reminders', everyMs: config.DR_TERM_SWEEP_MS, run: raise, logger, metrics })]),
      ...(reminderTransport === undefined ? [] : [deliveries(reminderTransport)]),
    ],
  })
}
