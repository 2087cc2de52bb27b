import { type Role, requireRegion, roles } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import { type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'
import { z } from 'zod'
import { rolesOf, setRoles } from '../app/bind-roles.ts'
import type { Registry } from '../app/registry.ts'
import { currentContent } from '../domain/check-object.ts'
import { id, record, regionCode, shortText } from './schemas.ts'

const subject = z.string().min(1).max(100)

interface AskedBinding {
  readonly unitId: string
  readonly regionCode: RegionCode
  readonly roles: readonly Role[]
}

export function roleRoutes({ roleBindings, roleRules, units, objects }: Registry): Route[] {
  /** Where those are for whom a login name is to act: a unit, or an object of checks by its code, which has the role PARTY and no other. */
  const regionOfHolder = async ({ unitId, regionCode: asked, roles: held }: AskedBinding): Promise<RegionCode> => {
    const unit = (await units.load(unitId))?.state
    const isParty = held.includes('PARTY')
    if (isParty && (unit !== undefined || held.length > 1)) throw appError('failed-precondition', 'party-alone')
    if (unit !== undefined) return unit.regionCode
    // Without any role a binding of either ends.
    if (!isParty && held.length > 0) throw appError('failed-precondition', 'unit-unknown', { meta: { unitId } })
    const regions = (await objects.byCodes([unitId])).map((object) => currentContent(object).regionCode)
    const found = regions.find((each) => regionContains(each, asked))
    if (found !== undefined) return found
    if (isParty) throw appError('failed-precondition', 'party-unknown', { meta: { regionCode: asked, objectCode: unitId } })
    throw appError('failed-precondition', 'unit-unknown', { meta: { unitId } })
  }
  return [
    route({
      method: 'POST',
      path: '/v1/role-bindings',
      summary:
        'Set what a login name may do for one unit, or that it acts for an object of checks: PARTY, with its code in place of a unit',
      roles: ['OPERATOR'],
      body: z.strictObject({ subject, unitId: id, regionCode, roles: z.array(z.enum(roles)).max(20) }),
      responses: { 200: record },
      handler: async ({ principal, body }) => {
        const holderRegion = await regionOfHolder(body)
        requireRegion(principal, holderRegion)
        if (!regionContains(holderRegion, body.regionCode)) {
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
