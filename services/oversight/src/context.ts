import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { createGrpcClient } from '@dual-random/grpc'
import type { Clock } from '@dual-random/kernel'
import { openInfrastructure, policyReader, requireValue } from '@dual-random/service'
import type { FindRules } from './app/ports.ts'
import type { OversightConfig } from './config.ts'
import { rulesOf } from './domain/indicators.ts'
import { contributionStores } from './store/contribution-stores.ts'
import { reportedFigures } from './store/reported-figures.ts'
import { snapshotStore } from './store/snapshot-store.ts'
import { totals } from './store/totals.ts'

/** What a test may put in the place of the real thing. */
export interface OversightOverrides {
  readonly clock?: Clock
}

/** The one place where oversight's dependencies are built. */
export async function oversightContext(config: OversightConfig, overrides: OversightOverrides = {}) {
  const infrastructure = await openInfrastructure({ name: 'oversight', config })
  const { lifecycle, metrics, store, relay, tokens } = infrastructure
  const clock = overrides.clock ?? infrastructure.clock
  const registry = createGrpcClient(RegistryServiceClient, {
    address: config.DR_REGISTRY_GRPC,
    peer: 'registry',
    idempotent: ['getPolicy'],
    metrics,
  })
  lifecycle.add('registry client', { close: async () => registry.close() })
  const policyOf = policyReader(registry, tokens)
  const findRules: FindRules = async (regionCode, at) => {
    const read = await policyOf(regionCode, at)
    const rules = rulesOf(requireValue(read, 'indicators'), requireValue(read, 'indicator.formulas'))
    return { policy: { ...read.policy.id, digest: read.digest }, rules }
  }
  const contributions = contributionStores(store)
  const ports = {
    clock,
    findRules,
    totals: totals(contributions),
    figures: reportedFigures(store),
    snapshots: snapshotStore(store, { relay, clock }),
  }
  return { infrastructure, contributions, ports }
}
