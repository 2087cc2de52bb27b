import { sweep } from '@dual-random/runtime'
import { createService, type RunningService } from '@dual-random/service'
import { rolesOf, setRoles } from './app/bind-roles.ts'
import { publishPresets } from './app/publish-presets.ts'
import type { Registry } from './app/registry.ts'
import { runDueReports } from './app/reports/run-due.ts'
import { retagObjects } from './app/retag-objects.ts'
import { type RegistryConfig, readRegistryConfig } from './config.ts'
import { openRegistry, type RegistryOverrides } from './context.ts'
import { readPresets } from './files.ts'
import { registryService } from './grpc/registry-service.ts'
import { routesOf } from './http/router.ts'

const version = '0.1.0'
/** A changed rule or list reaches the objects there are within this time; a changed object is tagged at once. */
const retagEveryMs = 5000
const reportsEveryMs = 60_000

export async function createRegistryService(env: NodeJS.ProcessEnv, overrides: RegistryOverrides = {}): Promise<RunningService> {
  const config = readRegistryConfig(env)
  const { infrastructure, registry } = await openRegistry(config, overrides)
  const { logger, metrics } = infrastructure
  const failed = (report: string, subject: string, err: unknown): void => logger.error({ err, report, subject }, 'a report did not run')
  return createService({
    infrastructure,
    version,
    routes: routesOf(registry),
    grpc: [registryService(registry)],
    subscriptions: [],
    sweeps: [
      sweep({ name: 'tag-rules', everyMs: retagEveryMs, run: (signal) => retagObjects(registry, signal), logger, metrics }),
      sweep({ name: 'reports', everyMs: reportsEveryMs, run: (signal) => runDueReports(registry, failed, signal), logger, metrics }),
    ],
    onStart: async () => {
      await publishPresets(registry.presets, readPresets(config.DR_PRESETS_DIR))
      await bindFirstOperator(registry, config)
    },
  })
}

/** Somebody must be able to bind the others; a later change of that account's roles is left alone. */
async function bindFirstOperator({ roleBindings, roleRules }: Registry, { DR_FIRST_OPERATOR: first }: RegistryConfig): Promise<void> {
  if (first === undefined || (await rolesOf(roleBindings, first.subject)).length > 0) return
  const { subject, unitId, regionCode } = first
  await setRoles(roleBindings, roleRules, subject, { unitId, regionCode, roles: ['OPERATOR'] })
}
