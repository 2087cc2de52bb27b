import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { regionContains } from '@dual-random/kernel'
import { z } from 'zod'
import { mergeObject, splitObject } from '../app/change-identity.ts'
import type { Stored } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { poolsOf } from '../domain/tagging.ts'
import { callerOf, poolReaders, regionOf } from './access.ts'
import { etagOf, ifMatch } from './etag.ts'
import { objectIdSchema, record, regionCode, shortText } from './schemas.ts'
import { visibleObject } from './visible-object.ts'

const byId = z.object({ objectId: objectIdSchema })

const shown = ({ state, version }: Stored<CheckObject>) => {
  const { status, mergedInto = null } = currentContent(state)
  return { objectId: state.objectId, version, status, mergedInto, log: state.identityLog ?? [] }
}

/** Which records are one object (DQ-05): over departments one record has many pools, over regions the credit code ties them. */
export function objectIdentityRoutes(registry: Registry): Route[] {
  const { objects, ids } = registry
  return [
    route({
      method: 'GET',
      path: '/v1/objects/:objectId/identity',
      summary: 'The identity of an object: its records in the caller’s region, the units that have it in their pools, merges and splits',
      roles: poolReaders,
      params: byId,
      responses: { 200: record },
      handler: async ({ principal, params }) => {
        const found = await visibleObject(registry, principal, params.objectId)
        const identityId = ids.identityId(found.state)
        const records = (await objects.byCodes([found.state.objectCode]))
          .filter((object) => ids.identityId(object) === identityId)
          .filter((object) => regionContains(principal.regionCode, currentContent(object).regionCode))
          .map((object) => ({
            objectId: object.objectId,
            regionCode: currentContent(object).regionCode,
            units: poolsOf(object, currentContent(object)),
          }))
        return { status: 200, headers: { etag: etagOf(found.version) }, body: { identityId, ...shown(found), records } }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/objects/:objectId/merge',
      summary: 'Record that an object of the caller’s unit is the same as another, under which it goes on',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      body: z.strictObject({ survivorId: objectIdSchema, reason: shortText }),
      responses: { 200: record },
      handler: async ({ principal, params, body, request }) => {
        const merged = await mergeObject(registry, callerOf(principal), { ...params, ...body, expected: ifMatch({ request }) })
        return { status: 200, headers: { etag: etagOf(merged.version) }, body: shown(merged) }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/objects/:objectId/split',
      summary: 'Take the merge of an object of the caller’s unit back',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      body: z.strictObject({ reason: shortText }),
      responses: { 200: record },
      handler: async ({ principal, params, body, request }) => {
        const split = await splitObject(registry, callerOf(principal), { ...params, ...body, expected: ifMatch({ request }) })
        return { status: 200, headers: { etag: etagOf(split.version) }, body: shown(split) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/identity-changes',
      summary: 'Objects of a region whose records were merged or split, with who, when and why',
      roles: ['AUDITOR', 'EVALUATOR'],
      query: z.object({ ...pageQuery, regionCode: regionCode.optional() }),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, query: { limit, after, regionCode: asked } }) => {
        const changed = await objects.mergedOrSplit(regionOf(principal, asked), { limit: limit + 1, after })
        const found = page(changed, limit, (object) => object.objectId)
        const items = found.items.map((state) => ({ objectId: state.objectId, unitId: state.unitId, log: state.identityLog ?? [] }))
        return { status: 200, body: { ...found, items } }
      },
    }),
  ]
}
