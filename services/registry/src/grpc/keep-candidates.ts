import { requireRegion } from '@dual-random/auth'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import type { Handlers } from '@dual-random/grpc'
import { keepCandidates } from '../app/keep-candidates.ts'
import type { Registry } from '../app/registry.ts'
import { instantField, planIdField, regionField } from './request-fields.ts'

export const keepCandidatesRpc = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'keepCandidates'> => ({
  keepCandidates: {
    roles: ['PLANNER'],
    handle: async (request, { principal }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      const { itemCodes } = request
      const planId = planIdField(request.planId)
      const asked = { planId, regionCode, itemCodes, asOf: instantField('asOf', request.asOf) }
      const { id, digest, byGrade } = await keepCandidates(registry, principal, asked)
      return { candidatesId: id, digest, mapped: [...byGrade] }
    },
  },
})
