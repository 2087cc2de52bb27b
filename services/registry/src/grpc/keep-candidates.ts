import { requireRegion } from '@dual-random/auth'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import { invalidRequest, violation } from '@dual-random/errors'
import type { Handlers } from '@dual-random/grpc'
import { keepCandidates } from '../app/keep-candidates.ts'
import type { Registry } from '../app/registry.ts'
import { codesOf } from '../domain/item-set.ts'
import { instantField, planIdField, regionField } from './request-fields.ts'
import { itemSetsField } from './scope-field.ts'

export const keepCandidatesRpc = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'keepCandidates'> => ({
  keepCandidates: {
    roles: ['PLANNER'],
    handle: async (request, { principal, context }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      const sets = itemSetsField('sets', request.sets, regionCode)
      const empty = sets.findIndex((set) => codesOf(set).length === 0)
      if (empty >= 0) throw invalidRequest([violation(`/sets/${empty}/itemCodes`, 'missing-field')])
      const planId = planIdField(request.planId)
      const asked = { planId, regionCode, asOf: instantField('asOf', request.asOf), sets }
      const kept = await keepCandidates(registry, principal, asked, context.signal)
      return { kept: kept.map(({ id, digest, byGrade }) => ({ candidatesId: id, digest, mapped: [...byGrade] })) }
    },
  },
})
