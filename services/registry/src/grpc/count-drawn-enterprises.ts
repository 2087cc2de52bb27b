import { requireRegion } from '@dual-random/auth'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import type { Handlers } from '@dual-random/grpc'
import { countDrawnEnterprises, type DrawnOf } from '../app/count-drawn-enterprises.ts'
import { requireDraw } from '../app/frozen-draw.ts'
import type { Registry } from '../app/registry.ts'
import { drawIdField, partField } from './request-fields.ts'

export const countDrawnEnterprisesRpc = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'countDrawnEnterprises'> => ({
  countDrawnEnterprises: {
    roles: ['DRAW_ORGANISER', 'SERVICE'],
    handle: async ({ draws }, { principal }) => {
      const drawn: DrawnOf[] = []
      for (const { drawId, regionCode, labels } of draws) {
        const draw = await requireDraw(registry.draws, drawIdField(drawId), partField(regionCode))
        requireRegion(principal, draw.regionCode)
        drawn.push({ draw, labels })
      }
      return { enterprises: await countDrawnEnterprises(registry, drawn) }
    },
  },
})
