import { requireRegion } from '@dual-random/auth'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import type { Handlers } from '@dual-random/grpc'
import { freezeRoster } from '../app/freeze-roster.ts'
import type { Registry } from '../app/registry.ts'
import { staleSources } from '../domain/source.ts'
import { toStaleSource } from './messages.ts'
import { dateField, drawIdField, instantField, regionField } from './request-fields.ts'

export const freezeRosterRpc = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'freezeRoster'> => ({
  freezeRoster: {
    roles: ['DRAW_ORGANISER', 'SERVICE'],
    handle: async (request, { principal }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      const { snapshotJson, sources } = await freezeRoster(registry, {
        drawId: drawIdField(request.drawId),
        regionCode,
        planId: request.planId,
        lineId: request.lineId,
        batch: request.batch,
        attempt: request.attempt,
        asOf: instantField('asOf', request.asOf),
        itemCodes: request.itemCodes,
        byGrade: request.byGrade,
        earlierDraws: request.earlierDraws,
        matchingUnitIds: request.matchingUnitIds,
        checkUntil: dateField('checkUntil', request.checkUntil),
      })
      return { snapshotJson, staleSources: staleSources(sources).map(toStaleSource) }
    },
  },
})
