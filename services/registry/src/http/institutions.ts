import { page, pageOf, pageQuery, type Route, type RouteAnswer, route } from '@dual-random/http'
import { z } from 'zod'
import {
  endEngagement,
  engageInstitution,
  enterInstitution,
  logOversight,
  ownEngagements,
  unknownInstitution,
} from '../app/keep-institutions.ts'
import type { Stored } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'
import { type Institution, institutionKinds, institutionWork, oversightKinds, workOf } from '../domain/institution.ts'
import { callerOf, poolReaders, regionOf, requireVisible, unitFilter } from './access.ts'
import { cardId } from './cards.ts'
import { etagOf, ifMatch } from './etag.ts'
import { id, localDate, record, regionCode, shortText } from './schemas.ts'

const byId = z.object({ institutionId: z.string().regex(/^[0-9a-f]{32}$/) })

const institution = z.object({
  id: z.string(),
  kind: z.enum(institutionKinds),
  name: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  fields: z.array(z.string()),
  permittedWork: z.array(z.enum(institutionWork)),
  isActive: z.boolean(),
  oversightEntries: z.number(),
})

const summary = ({ oversight, engagements: _engagements, accounts: _accounts, ...rest }: Institution) => ({
  ...rest,
  oversightEntries: oversight.length,
})

const answer = (stored: Stored<Institution>): RouteAnswer => ({
  status: 200,
  headers: { etag: etagOf(stored.version) },
  body: { ...stored.state },
})

/** Experts and institutions beside the pools: who may help, with what, and how the regulator watches over them (REG-37, REG-38). */
export function institutionRoutes(registry: Registry): Route[] {
  const { institutions } = registry
  return [
    route({
      method: 'POST',
      path: '/v1/institutions',
      summary:
        'Enter an expert, a testing body, a research institute or a professional institution; the same name and kind again is the same record',
      roles: ['REGISTRY_CLERK'],
      body: z.strictObject({
        name: shortText,
        kind: z.enum(institutionKinds),
        fields: z.array(shortText).min(1).max(50),
        permittedWork: z.array(z.enum(institutionWork)).min(1).optional(),
        isActive: z.boolean().default(true),
        accounts: z.array(z.string().trim().min(1).max(100)).max(50).default([]),
      }),
      responses: { 200: record },
      handler: async ({ principal, body, request }) => {
        const { name, kind, fields, isActive } = body
        const permittedWork = [...new Set(body.permittedWork ?? workOf(kind))].sort()
        const accounts = [...new Set(body.accounts)].sort()
        const entry = { name, kind, isActive, permittedWork, accounts, fields: [...new Set(fields)].sort() }
        const expected = ifMatch({ request })
        return answer(
          await enterInstitution(registry, callerOf(principal), cardId('institution', principal.unitId, kind, name), entry, expected),
        )
      },
    }),
    route({
      method: 'GET',
      path: '/v1/institutions',
      summary: 'Experts and institutions of the units the caller may read',
      roles: poolReaders,
      query: z.object({ ...pageQuery, regionCode: regionCode.optional(), unitId: id.optional() }),
      responses: { 200: pageOf(institution) },
      handler: async ({ principal, query }) => {
        const unitIds = await unitFilter(registry, principal, query.unitId)
        const scope = { regionCode: regionOf(principal, query.regionCode), ...(unitIds === undefined ? {} : { unitIds }) }
        const found = page(await institutions.page(scope, { limit: query.limit + 1, after: query.after }), query.limit, (each) => each.id)
        return { status: 200, body: { ...found, items: found.items.map(summary) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/institutions/:institutionId',
      summary: 'One expert or institution with its log of guidance and supervision and the tasks it supports',
      roles: poolReaders,
      params: byId,
      responses: { 200: record },
      handler: async ({ principal, params }) => {
        const found = await institutions.load(params.institutionId)
        if (found === undefined) throw unknownInstitution(params.institutionId)
        await requireVisible(registry, principal, [found.state.unitId], found.state.regionCode)
        return answer(found)
      },
    }),
    route({
      method: 'POST',
      path: '/v1/institutions/:institutionId/oversight',
      summary: 'Add to the log of guidance and supervision',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      body: z.strictObject({ kind: z.enum(oversightKinds), on: localDate, text: z.string().trim().min(1).max(4000) }),
      responses: { 200: record },
      handler: async ({ principal, params, body, derivedId }) =>
        answer(await logOversight(registry, callerOf(principal), params.institutionId, { id: derivedId, ...body })),
    }),
    route({
      method: 'POST',
      path: '/v1/institutions/:institutionId/engagements',
      summary: 'Call an expert or institution in for one task, within its fields and permitted work',
      roles: ['REGISTRY_CLERK', 'DISPATCHER'],
      params: byId,
      body: z.strictObject({ taskId: id, field: shortText, work: z.enum(institutionWork) }),
      responses: { 200: record },
      handler: async ({ principal, params, body, derivedId }) =>
        answer(await engageInstitution(registry, callerOf(principal), params.institutionId, { id: derivedId, ...body })),
    }),
    route({
      method: 'POST',
      path: '/v1/institutions/:institutionId/engagements/:engagementId/end',
      summary: 'End an engagement: the task is closed to the expert or institution again',
      roles: ['REGISTRY_CLERK', 'DISPATCHER'],
      params: byId.extend({ engagementId: id }),
      body: z.strictObject({}).default({}),
      responses: { 200: record },
      handler: async ({ principal, params }) =>
        answer(await endEngagement(registry, callerOf(principal), params.institutionId, params.engagementId)),
    }),
    route({
      method: 'GET',
      path: '/v1/my/engagements',
      summary: 'The tasks that the expert or institution of the caller is engaged with, and nothing else',
      roles: ['ENGAGED_INSTITUTION'],
      responses: { 200: z.object({ items: z.array(record) }) },
      handler: async ({ principal }) => ({
        status: 200,
        body: { items: (await ownEngagements(registry, callerOf(principal))).map((each) => ({ ...each })) },
      }),
    }),
  ]
}
