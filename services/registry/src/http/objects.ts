import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { creditId } from '../app/import-credit-results.ts'
import { itemsOfObject, objectsOfItem } from '../app/items-of-object.ts'
import type { Registry } from '../app/registry.ts'
import { setObjectStatus } from '../app/set-object-status.ts'
import { type CheckObject, currentContent, objectKinds, objectStatuses } from '../domain/check-object.ts'
import { quality } from '../domain/source.ts'
import { allTags } from '../domain/tagging.ts'
import { callerOf, poolReaders, regionOf, unitFilter, unitsSeenBy } from './access.ts'
import { id, objectIdSchema, record, regionCode } from './schemas.ts'
import { visibleObject } from './visible-object.ts'

const shown = (object: CheckObject) => {
  const { unitTags: _byUnit, ruleTags: _byRule, ...content } = currentContent(object)
  const last = object.timeline.at(-1)
  return {
    objectId: object.objectId,
    objectCode: object.objectCode,
    unitId: object.unitId,
    ...content,
    tags: allTags(currentContent(object)),
    source: last?.receivedFrom ?? null,
    quality: quality(last),
  }
}

const byId = z.object({ objectId: objectIdSchema })
/** Merging has a route of its own. */
const registeredStatus = z.enum(objectStatuses).exclude(['MERGED'])

export function objectRoutes(registry: Registry): Route[] {
  const { objects, credits } = registry
  return [
    route({
      method: 'GET',
      path: '/v1/objects',
      summary: 'Objects of the pools the caller may read',
      roles: poolReaders,
      query: z.object({
        ...pageQuery,
        regionCode: regionCode.optional(),
        unitId: id.optional(),
        kind: z.enum(objectKinds).optional(),
        status: z.enum(objectStatuses).optional(),
        objectCode: z.string().max(96).optional(),
      }),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, query }) => {
        const { limit, after, kind, status, objectCode } = query
        const unitIds = await unitFilter(registry, principal, query.unitId)
        const filter = {
          regionCode: regionOf(principal, query.regionCode),
          kind,
          status,
          objectCode,
          ...(unitIds === undefined ? {} : { unitIds }),
        }
        const found = page(await objects.page(filter, { limit: limit + 1, after }), limit, ({ objectId }) => objectId)
        return { status: 200, body: { ...found, items: found.items.map(shown) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/objects/:objectId',
      summary: 'One object with all its versions',
      roles: poolReaders,
      params: byId,
      responses: { 200: record },
      handler: async ({ principal, params }) => {
        const { state } = await visibleObject(registry, principal, params.objectId)
        return { status: 200, body: { ...shown(state), versions: state.timeline } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/objects/:objectId/check-items',
      summary: 'The items in force that apply to an object',
      roles: poolReaders,
      params: byId,
      responses: { 200: z.object({ items: z.array(record) }) },
      handler: async ({ principal, params }) => ({
        status: 200,
        body: { items: await itemsOfObject(registry, (await visibleObject(registry, principal, params.objectId)).state) },
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/objects/:objectId/credit-results',
      summary: 'All classification results of an object',
      roles: poolReaders,
      params: byId,
      responses: { 200: z.object({ results: z.array(record) }) },
      handler: async ({ principal, params }) => {
        const { objectId } = (await visibleObject(registry, principal, params.objectId)).state
        const results = (await credits.load(creditId(objectId)))?.state.results ?? []
        return { status: 200, body: { results: results.map((each) => ({ ...each, quality: quality(each) })) } }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/objects/:objectId/status',
      summary: 'Record that an object left the pool or came back',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      body: z.object({ status: registeredStatus }),
      responses: { 200: record },
      handler: async ({ principal, params, body }) => ({
        status: 200,
        body: shown(await setObjectStatus(registry, callerOf(principal), params.objectId, body.status)),
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/check-items/:itemCode/objects',
      summary: 'The objects an item in force applies to',
      roles: poolReaders,
      params: z.object({ itemCode: id }),
      query: z.object({ ...pageQuery, regionCode: regionCode.optional() }),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, params, query }) => {
        const seen = await unitsSeenBy(registry, principal)
        const region = regionOf(principal, query.regionCode)
        const found = await objectsOfItem(registry, region, params.itemCode, seen && new Set(seen), {
          limit: query.limit + 1,
          after: query.after,
        })
        const paged = page(found, query.limit, ({ objectId }) => objectId)
        return { status: 200, body: { ...paged, items: paged.items.map(shown) } }
      },
    }),
  ]
}
