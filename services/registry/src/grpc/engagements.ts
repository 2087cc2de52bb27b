import type { RegistryServiceService } from '@dual-random/contracts/registry'
import { invalidRequest, violation } from '@dual-random/errors'
import type { Handlers } from '@dual-random/grpc'
import { endEngagement, engageInstitution } from '../app/keep-institutions.ts'
import type { Registry } from '../app/registry.ts'
import { type InstitutionWork, institutionWork } from '../domain/institution.ts'

const roles = ['DISPATCHER'] as const

/** Inspection attaches experts and institutions to teams with its dispatcher's rights: the register of the dispatcher's unit says who may help with what. */
export const engagementRpcs = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'engageInstitution' | 'endEngagement'> => ({
  engageInstitution: {
    roles,
    handle: async ({ engagementId, institutionId, taskId, field, work }, { principal }) => {
      const engagement = { id: engagementId, taskId, field, work: workField(work) }
      const { state } = await engageInstitution(registry, principal, institutionId, engagement)
      return { kind: state.kind, name: state.name }
    },
  },
  endEngagement: {
    roles,
    handle: async ({ engagementId, institutionId }, { principal }) => {
      await endEngagement(registry, principal, institutionId, engagementId)
      return {}
    },
  },
})

function workField(text: string): InstitutionWork {
  const work = institutionWork.find((each) => each === text)
  if (work === undefined) throw invalidRequest([violation('/work', 'unknown-value', { value: text.slice(0, 80) })])
  return work
}
