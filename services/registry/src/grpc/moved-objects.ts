import { requireRegion } from '@dual-random/auth'
import type { RegistryServiceService } from '@dual-random/contracts/registry'
import { invalidRequest, violation } from '@dual-random/errors'
import type { Handlers } from '@dual-random/grpc'
import { movedObjects } from '../app/moved-objects.ts'
import { putOnRecord } from '../app/put-on-record.ts'
import type { Registry } from '../app/registry.ts'
import { visibleUnitIds } from '../app/visible-units.ts'
import { currentContent } from '../domain/check-object.ts'
import { malformed, periodFields, planIdField, regionField } from './request-fields.ts'
import { itemSetField } from './scope-field.ts'

const mostAtOnce = 500

/** Planning asks with the rights of the plan's planner, who sees grades in the pools of the own unit and of those below it. */
export const movedObjectsRpc = (registry: Registry): Pick<Handlers<RegistryServiceService>, 'listMovedObjects'> => ({
  listMovedObjects: {
    roles: ['PLANNER'],
    optional: ['after'],
    handle: async (request, { principal, context }) => {
      const regionCode = regionField('regionCode', request.regionCode)
      requireRegion(principal, regionCode)
      const { limit, after } = request
      if (limit < 1 || limit > mostAtOnce) throw malformed('limit', String(limit), `1–${mostAtOnce}`)
      if (request.set === undefined) throw invalidRequest([violation('/set', 'missing-field')])
      const set = itemSetField('set', request.set, regionCode)
      const planId = planIdField(request.planId)
      const unitIds = await visibleUnitIds(registry.units, principal)
      const asked = { regionCode, ...periodFields(request), set, unitIds }
      const found = await movedObjects(registry, asked, { limit: limit + 1, after })
      const page = found.slice(0, limit)
      const read = { what: 'moved-objects', target: planId, regionCode, count: page.length } as const
      await putOnRecord(registry, { principal, traceId: context.traceId }, read)
      const objects = await registry.objects.loadMany(page.map(({ objectId }) => objectId))
      return {
        moved: page.flatMap(({ objectId, from, to }) => {
          const object = objects.get(objectId)?.state
          return object === undefined ? [] : [{ objectId, objectCode: object.objectCode, name: currentContent(object).name, from, to }]
        }),
        more: found.length > limit,
      }
    },
  },
})
