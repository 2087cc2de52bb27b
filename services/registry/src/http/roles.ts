import { requireRegion, roles } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import { regionContains, type UnitId } from '@dual-random/kernel'
import { z } from 'zod'
import { rolesOf, setRoles } from '../app/bind-roles.ts'
import type { Registry } from '../app/registry.ts'
import { id, record, regionCode, shortText } from './schemas.ts'

const subject = z.string().min(1).max(100)

export function roleRoutes({ roleBindings, roleRules, units }: Registry): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/role-bindings',
      summary: 'Set what a login name may do for one unit',
      roles: ['OPERATOR'],
      body: z.strictObject({ subject, unitId: id, regionCode, roles: z.array(z.enum(roles)).max(20) }),
      responses: { 200: record },
      handler: async ({ principal, body }) => {
        const unit = (await units.load(body.unitId))?.state
        if (unit === undefined) throw appError('failed-precondition', 'unit-unknown', { meta: { unitId: body.unitId } })
        requireRegion(principal, unit.regionCode)
        if (!regionContains(unit.regionCode, body.regionCode)) {
          throw appError('forbidden', 'region-not-allowed', { meta: { regionCode: body.regionCode } })
        }
        const binding = { unitId: body.unitId as UnitId, regionCode: body.regionCode, roles: body.roles }
        return { status: 200, body: { ...(await setRoles(roleBindings, roleRules, body.subject, binding)) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/role-bindings/:subject',
      summary: 'The bindings of a login name in the caller’s region',
      roles: ['OPERATOR', 'AUDITOR'],
      params: z.object({ subject: shortText }),
      responses: { 200: z.object({ subject: z.string(), bindings: z.array(record) }) },
      handler: async ({ principal, params }) => {
        const found = (await rolesOf(roleBindings, params.subject)).filter((binding) =>
          regionContains(principal.regionCode, binding.regionCode),
        )
        return { status: 200, body: { subject: params.subject, bindings: found } }
      },
    }),
  ]
}
