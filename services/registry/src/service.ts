import { sweep } from '@dual-random/runtime'
import { createService, type RunningService } from '@dual-random/service'
import { rolesOf, setRoles } from './app/bind-roles.ts'
import { publishPresets } from './app/publish-presets.ts'
import type { Registry } from './app/registry.ts'
import { alertUncheckedItems } from './app/yearly-checks.ts'
import { type RegistryConfig, readRegistryConfig } from './config.ts'
import { openRegistry, type RegistryOverrides } from './context.ts'
import { onDraw } from './events/on-draw.ts'
import { readPresets } from './files.ts'
import { registryService } from './grpc/registry-service.ts'
import { routesOf } from './http/router.ts'

const version = '0.1.0'

/** Alerts move by days; an hour is soon enough. */
const sweepEveryMs = 3_600_000

export async function createRegistryService(env: NodeJS.ProcessEnv, overrides: RegistryOverrides = {}): Promise<RunningService> {
  const config = readRegistryConfig(env)
  const { infrastructure, registry, madeDraws } = await openRegistry(config, overrides)
  return createService({
    infrastructure,
    version,
    routes: routesOf(registry),
    grpc: [registryService(registry)],
    subscriptions: [onDraw(madeDraws)],
    sweeps: [
      sweep({
        name: 'unchecked-items',
        everyMs: sweepEveryMs,
        run: (signal) => alertUncheckedItems(registry, signal),
        logger: infrastructure.logger,
        metrics: infrastructure.metrics,
      }),
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
