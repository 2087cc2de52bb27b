import type { RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import type { GrpcClient } from '@dual-random/grpc'
import type { Institutions } from '../app/ports.ts'

export const institutionsOf = (registry: GrpcClient<RegistryServiceClient>): Institutions => ({
  engage: async ({ engagementId, institutionId, taskId, field, work }, caller) => {
    const { kind, name } = await registry.unary('engageInstitution', { engagementId, institutionId, taskId, field, work }, caller)
    if (kind === '' || name === '')
      throw appError('internal', 'peer-answer-incomplete', { meta: { service: 'registry', field: 'kind, name' } })
    return { kind, name }
  },
  endEngagement: async ({ engagementId, institutionId }, caller) => {
    await registry.unary('endEngagement', { engagementId, institutionId }, caller)
  },
})
