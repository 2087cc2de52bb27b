import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf, type LocalDate } from '@dual-random/kernel'
import { z } from 'zod'
import { leaveRegime, takeIntoRegime } from '../app/keep-regimes.ts'
import type { Registry } from '../app/registry.ts'
import { sandboxLapses } from '../app/sandbox-lapses.ts'
import { currentContent } from '../domain/check-object.ts'
import { endless, lastDayOf, type Membership, type RegimeRecord, regimeKinds, standingOn } from '../domain/regime.ts'
import { callerOf, poolReaders, regionOf, unitFilter } from './access.ts'
import { id, localDate, longText, objectIdSchema, record, regionCode } from './schemas.ts'
import { visibleObject } from './visible-object.ts'

const code = z.string().regex(/^[A-Z][A-Z0-9_]{0,59}$/)
const byObject = z.object({ objectId: objectIdSchema })
const header = { on: localDate.optional(), reason: longText }

const entry = z.discriminatedUnion('kind', [
  z.strictObject({
    ...header,
    kind: z.literal('SANDBOX'),
    innovations: z.array(code).min(1).max(10),
    fields: z.array(code).max(10),
  }),
  z.strictObject({ ...header, kind: z.literal('WHITE_LIST') }),
])

function shownMembership(membership: Membership, today: LocalDate) {
  const { entry: entered, ...rest } = membership
  const { load: _digest, ...act } = entered
  const lastDay = lastDayOf(membership)
  return { ...rest, entry: act, ...(lastDay === endless ? {} : { lastDay }), ...standingOn(membership, today) }
}

const shown = ({ memberships, ...owner }: RegimeRecord, today: LocalDate) => ({
  ...owner,
  memberships: memberships.map((each) => shownMembership(each, today)),
})

/** The sandbox (触发式“沙盒”监管) and the white list (“白名单”): who is in, since when and why, and for how long still (TGT-16 to TGT-20). */
export function regimeRoutes(registry: Registry): Route[] {
  const { regimes, objects, clock } = registry
  const today = () => chinaDateOf(clock())
  return [
    route({
      method: 'GET',
      path: '/v1/regimes',
      summary: '“沙盒”监管对象库和“白名单” / objects under a special regime, with their whole history',
      roles: poolReaders,
      query: z.object({
        ...pageQuery,
        regionCode: regionCode.optional(),
        unitId: id.optional(),
        kind: z.enum(regimeKinds).optional(),
        inForceOn: localDate.optional(),
      }),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, query }) => {
        const { limit, after, kind, inForceOn } = query
        const unitIds = await unitFilter(registry, principal, query.unitId)
        const scope = { regionCode: regionOf(principal, query.regionCode), kind, inForceOn, ...(unitIds === undefined ? {} : { unitIds }) }
        const found = page(await regimes.page(scope, { limit: limit + 1, after }), limit, ({ objectId }) => objectId)
        const named = await objects.loadMany(found.items.map(({ objectId }) => objectId))
        const lapses = await sandboxLapses(registry, found.items, named)
        const items = found.items.map((each) => {
          const object = named.get(each.objectId)?.state
          const objectName = object === undefined ? null : currentContent(object).name
          return { ...shown(each, today()), objectName, lapse: lapses.get(each.objectId) ?? null }
        })
        return { status: 200, body: { ...found, items } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/objects/:objectId/regimes',
      summary: '一个对象的“沙盒”和“白名单”记录 / the memberships of one object, oldest first',
      roles: poolReaders,
      params: byObject,
      responses: { 200: z.object({ memberships: z.array(record) }) },
      handler: async ({ principal, params }) => {
        const { state } = await visibleObject(registry, principal, params.objectId)
        const known = (await regimes.load(state.objectId))?.state.memberships ?? []
        return { status: 200, body: { memberships: known.map((each) => shownMembership(each, today())) } }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/objects/:objectId/regimes',
      summary: '列入“沙盒”监管对象库或“白名单” / put an enterprise under a special regime',
      roles: ['REGISTRY_CLERK'],
      params: byObject,
      body: entry,
      responses: { 200: record, 201: record },
      handler: async ({ principal, params, body }) => {
        const request = { ...body, on: body.on }
        const { membership, isNew } = await takeIntoRegime(registry, callerOf(principal), params.objectId, request)
        return { status: isNew ? 201 : 200, body: shownMembership(membership, today()) }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/objects/:objectId/regimes/:membershipId/exit',
      summary: '移出“沙盒”监管对象库或“白名单” / end a membership early',
      roles: ['REGISTRY_CLERK'],
      params: byObject.extend({ membershipId: objectIdSchema }),
      body: z.strictObject(header),
      responses: { 200: record },
      handler: async ({ principal, params, body: { on, reason } }) => {
        const { membership } = await leaveRegime(registry, callerOf(principal), params, { on, reason })
        return { status: 200, body: shownMembership(membership, today()) }
      },
    }),
  ]
}
