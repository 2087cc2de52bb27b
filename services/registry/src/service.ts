import { type Sweep, sweep } from '@dual-random/runtime'
import { createService, type Infrastructure, type RunningService } from '@dual-random/service'
import { rolesOf, setRoles } from './app/bind-roles.ts'
import type { CreditSystem } from './app/delivery-ports.ts'
import { publishPresets } from './app/publish-presets.ts'
import type { Registry } from './app/registry.ts'
import { runDueReports } from './app/reports/run-due.ts'
import { retagObjects } from './app/retag-objects.ts'
import { sendResults } from './app/send-results.ts'
import { alertUncheckedItems } from './app/yearly-checks.ts'
import { type RegistryConfig, readRegistryConfig } from './config.ts'
import { openRegistry, type RegistryOverrides } from './context.ts'
import { onDraw } from './events/on-draw.ts'
import { onResultRecorded } from './events/on-result-recorded.ts'
import { onTaskOpened } from './events/on-task-opened.ts'
import { readPresets } from './files.ts'
import { registryService } from './grpc/registry-service.ts'
import { routesOf } from './http/router.ts'

const version = '0.1.0'
/** A changed rule or list reaches the objects there are within this time; a changed object is tagged at once. */
const retagEveryMs = 5000
const reportsEveryMs = 60_000

/** Alerts move by days; an hour is soon enough. */
const sweepEveryMs = 3_600_000

export async function createRegistryService(env: NodeJS.ProcessEnv, overrides: RegistryOverrides = {}): Promise<RunningService> {
  const config = readRegistryConfig(env)
  const { infrastructure, registry, creditSystem, toldDraws } = await openRegistry(config, overrides)
  return createService({
    infrastructure,
    version,
    routes: routesOf(registry),
    grpc: [registryService(registry)],
    subscriptions: [onResultRecorded(infrastructure.store, registry), onTaskOpened(infrastructure.store, registry), onDraw(toldDraws)],
    sweeps: [
      tagRulesSweep(infrastructure, registry),
      reportsSweep(infrastructure, registry),
      uncheckedItemsSweep(infrastructure, registry),
      ...(creditSystem === undefined ? [] : [resultSweep(infrastructure, registry, creditSystem, config.DR_CREDIT_SYSTEM_SWEEP_MS)]),
    ],
    onStart: async () => {
      await publishPresets(registry.presets, readPresets(config.DR_PRESETS_DIR))
      await bindFirstOperator(registry, config)
    },
  })
}

const tagRulesSweep = ({ logger, metrics }: Infrastructure, registry: Registry): Sweep =>
  sweep({ name: 'tag-rules', everyMs: retagEveryMs, run: (signal) => retagObjects(registry, signal), logger, metrics })

function reportsSweep({ logger, metrics }: Infrastructure, registry: Registry): Sweep {
  const failed = (report: string, subject: string, err: unknown): void => logger.error({ err, report, subject }, 'a report did not run')
  return sweep({ name: 'reports', everyMs: reportsEveryMs, run: (signal) => runDueReports(registry, failed, signal), logger, metrics })
}

const uncheckedItemsSweep = ({ logger, metrics }: Infrastructure, registry: Registry): Sweep =>
  sweep({ name: 'unchecked-items', everyMs: sweepEveryMs, run: (signal) => alertUncheckedItems(registry, signal), logger, metrics })

/** Check results go out within a pass of their arrival (CRD-15). */
const resultSweep = ({ logger, metrics }: Infrastructure, registry: Registry, creditSystem: CreditSystem, everyMs: number): Sweep =>
  sweep({ name: 'result-deliveries', everyMs, run: (signal) => sendResults({ ...registry, creditSystem }, signal), logger, metrics })

/** Somebody must be able to bind the others; a later change of that account's roles is left alone. */
async function bindFirstOperator({ roleBindings, roleRules }: Registry, { DR_FIRST_OPERATOR: first }: RegistryConfig): Promise<void> {
  if (first === undefined || (await rolesOf(roleBindings, first.subject)).length > 0) return
  const { subject, unitId, regionCode } = first
  await setRoles(roleBindings, roleRules, subject, { unitId, regionCode, roles: ['OPERATOR'] })
}
