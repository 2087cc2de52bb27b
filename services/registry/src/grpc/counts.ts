import { requireRegion } from '@dual-random/auth'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import type { Handlers } from '@dual-random/grpc'
import { comparePools } from '../app/compare-pools.ts'
import { countInspectors } from '../app/count-inspectors.ts'
import { countPools } from '../app/count-pools.ts'
import type { Registry } from '../app/registry.ts'
import { anyoneSignedIn, dateField, instantField, periodFields, regionField } from './request-fields.ts'
import { itemSetsField } from './scope-field.ts'

/** Counts that planning asks for whole plans at a time. */
export const countRpcs = (
  registry: Registry,
): Pick<Handlers<RegistryServiceService>, 'countPools' | 'comparePools' | 'countInspectors'> => ({
  countPools: {
    roles: anyoneSignedIn,
    handle: async (request, { principal }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      const sets = itemSetsField('sets', request.sets, regionCode)
      const { pools, enterprises } = await countPools(registry, { regionCode, asOf: instantField('asOf', request.asOf), sets })
      return { pools: pools.map((mapped) => ({ mapped: [...mapped] })), enterprises }
    },
  },
  comparePools: {
    roles: anyoneSignedIn,
    handle: async (request, { principal }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      const sets = itemSetsField('sets', request.sets, regionCode)
      const pools = await comparePools(registry, { regionCode, ...periodFields(request), sets })
      return { pools: pools.map((flows) => ({ flows: [...flows] })) }
    },
  },
  countInspectors: {
    roles: anyoneSignedIn,
    handle: async (request, { principal }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      return { staff: [...(await countInspectors(registry, regionCode, dateField('on', request.on)))] }
    },
  },
})
