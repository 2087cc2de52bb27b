import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { createGrpcClient } from '@dual-random/grpc'
import { chinaDateOf } from '@dual-random/kernel'
import { openInfrastructure, policyReader, requireValue } from '@dual-random/service'
import type { IndicatorPorts } from './app/compute-indicators.ts'
import type { OversightConfig } from './config.ts'
import { contributionStores, countMeasures } from './store/contribution-stores.ts'
import { snapshotStore } from './store/snapshot-store.ts'

/** The one place where oversight's dependencies are built. */
export async function oversightContext(config: OversightConfig) {
  const infrastructure = await openInfrastructure({ name: 'oversight', config })
  const { lifecycle, metrics, store, relay, clock, tokens } = infrastructure
  const registry = createGrpcClient(RegistryServiceClient, {
    address: config.DR_REGISTRY_GRPC,
    peer: 'registry',
    idempotent: ['getPolicy'],
    metrics,
  })
  lifecycle.add('registry client', { close: async () => registry.close() })
  const policyOf = policyReader(registry, tokens)
  const contributions = contributionStores(store)
  const ports: IndicatorPorts = {
    clock,
    countMeasures: countMeasures(contributions),
    findFormulas: async (regionCode) => requireValue(await policyOf(regionCode, chinaDateOf(clock())), 'indicator.formulas'),
  }
  return { infrastructure, contributions, ports: { ...ports, keepSnapshot: snapshotStore(store, { relay, clock }) } }
}
