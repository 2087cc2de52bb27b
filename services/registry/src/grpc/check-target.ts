import { objectKinds } from '@dual-random/contracts'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import type { Handlers } from '@dual-random/grpc'
import { checkTarget } from '../app/check-target.ts'
import type { Registry } from '../app/registry.ts'
import { currentContent } from '../domain/check-object.ts'
import { currentInspector } from '../domain/inspector.ts'
import { allTags } from '../domain/tagging.ts'

/** Inspection opens a check without a draw with its dispatcher's rights. */
export const checkTargetRpc = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'describeCheckTarget'> => ({
  describeCheckTarget: {
    roles: ['DISPATCHER'],
    optional: ['inspectorIds', 'dutyName'],
    handle: async (request, { principal }) => {
      const { object, grade, alliance, inSandbox, items, inspectors } = await checkTarget(registry, principal, request)
      const content = currentContent(object)
      return {
        objectId: object.objectId,
        objectCode: object.objectCode,
        name: content.name,
        kind: objectKinds.toWire(content.kind),
        address: content.address,
        industry: content.industry,
        grade,
        tags: [...allTags(content)],
        alliance,
        inSandbox,
        items: items.map(({ code, name }) => ({ code, name })),
        inspectors: inspectors.map((inspector) => {
          const { name, subject } = currentInspector(inspector)
          return { inspectorId: inspector.inspectorId, name, unitId: inspector.unitId, subject }
        }),
      }
    },
  },
})
