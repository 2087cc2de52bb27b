import { requireRegion } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf, type ItemCode, yearOf } from '@dual-random/kernel'
import { z } from 'zod'
import type { Registry } from '../app/registry.ts'
import { alertsOf, overridesOf, recordException, yearlyReport } from '../app/yearly-checks.ts'
import { anyoneSignedIn, callerOf, regionOf } from './access.ts'
import { etagOf } from './etag.ts'
import { overridesAnswer } from './override-answer.ts'
import { id, longText, record, regionCode } from './schemas.ts'

const year = z.coerce.number().int().min(2000).max(2999)
const byYear = z.object({ listId: id, year })

export const yearlyCheckRoutes = (registry: Registry): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/check-item-lists/:listId/years/:year',
    summary: 'Random checks of each item of a list in a year, and which items are still due',
    roles: anyoneSignedIn,
    params: byYear,
    responses: { 200: record },
    handler: async ({ principal, params }) => {
      const list = (await registry.checkItemLists.load(params.listId))?.state
      if (list === undefined) throw appError('not-found', 'not-found', { meta: { what: '抽查事项清单', id: params.listId } })
      requireRegion(principal, list.regionCode)
      return { status: 200, body: { ...(await yearlyReport(registry, params.listId, params.year)) } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/check-item-lists/:listId/years/:year/exceptions',
    summary: 'Record the special circumstance for which an item is not checked in a year',
    roles: ['REGISTRY_CLERK'],
    params: byYear,
    body: z.strictObject({ itemCode: id.transform((text) => text as ItemCode), reason: longText, legalBasis: longText }),
    responses: { 200: record },
    handler: async ({ principal, params, body }) => {
      const { version, state } = await recordException(registry, { ...params, ...body }, callerOf(principal))
      return { status: 200, body: { ...state, version }, headers: { etag: etagOf(version) } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/check-item-alerts',
    summary: 'Items alerted before the year’s end and still not checked, by list',
    roles: anyoneSignedIn,
    query: z.object({ regionCode: regionCode.optional(), year: year.optional() }),
    responses: { 200: z.object({ alerts: z.array(record) }) },
    handler: async ({ principal, query }) => {
      const asked = query.year ?? yearOf(chinaDateOf(registry.clock()))
      const alerts = await alertsOf(registry, regionOf(principal, query.regionCode), asked)
      return { status: 200, body: { alerts: alerts.map((alert) => ({ ...alert })) } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/policy-overrides',
    summary: 'Overrides of by-default rules in a year, each with who, when, reason and legal basis, counted per rule and unit',
    roles: ['POLICY_ADMIN', 'AUDITOR', 'EVALUATOR'],
    query: z.object({ ...pageQuery, regionCode: regionCode.optional(), year: year.optional() }),
    responses: { 200: overridesAnswer },
    handler: async ({ principal, query }) => {
      const asked = query.year ?? yearOf(chinaDateOf(registry.clock()))
      const { counts, overrides } = await overridesOf(registry, regionOf(principal, query.regionCode), asked)
      const { items, ...page } = pageOfWhole(overrides, query, ({ listId, itemCode }) => `${listId}/${itemCode}`)
      return { status: 200, body: { counts, overrides: items, ...page } }
    },
  }),
]
