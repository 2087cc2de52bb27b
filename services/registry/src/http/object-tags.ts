import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import { isFormulaCell } from '@dual-random/tables'
import { z } from 'zod'
import type { Stored } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'
import { setObjectQuality } from '../app/set-object-quality.ts'
import { tagObject } from '../app/tag-object.ts'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { quality, qualityStatuses } from '../domain/source.ts'
import { tagText } from '../domain/tag.ts'
import { poolsOf, sourcedTags } from '../domain/tagging.ts'
import { callerOf, poolReaders } from './access.ts'
import { etagOf, ifMatch } from './etag.ts'
import { objectIdSchema, record, shortText } from './schemas.ts'
import { visibleObject } from './visible-object.ts'

const byId = z.object({ objectId: objectIdSchema })

/** Tags of single objects with where each comes from (REG-27), and what is known of the quality of their data (DQ-10). */
export function objectTagRoutes(registry: Registry): Route[] {
  const { tagBook } = registry
  const shown = async ({ state, version }: Stored<CheckObject>) => {
    const content = currentContent(state)
    const dimensions = await tagBook.dimensions(content.regionCode)
    const last = state.timeline.at(-1)
    return {
      objectId: state.objectId,
      version,
      units: poolsOf(state, content),
      tags: sourcedTags(content).map(({ tag, sources }) => ({ tag, text: tagText(dimensions, tag), sources })),
      source: last?.receivedFrom ?? null,
      quality: quality(last),
    }
  }
  return [
    route({
      method: 'GET',
      path: '/v1/objects/:objectId/tags',
      summary: 'Every tag of an object under the present name of its dimension, with the record, unit or rule it comes from',
      roles: poolReaders,
      params: byId,
      responses: { 200: record },
      handler: async ({ principal, params }) => {
        const found = await visibleObject(registry, principal, params.objectId)
        return { status: 200, headers: { etag: etagOf(found.version) }, body: await shown(found) }
      },
    }),
    route({
      method: 'PUT',
      path: '/v1/objects/:objectId/tags',
      summary: 'Set the tags that the caller’s unit gives an object of its pool; If-Match names the version changed',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      body: z.strictObject({ tags: z.array(shortText).max(200) }),
      responses: { 200: record },
      handler: async ({ principal, params, body, request }) => {
        const { lists, newOfRetired } = await tagBook.knownListsIn(principal.regionCode)
        const tags = body.tags.map((text) => {
          const read = lists.readTag(text)
          if (isFormulaCell(text)) throw appError('invalid', 'tag-like-formula', { meta: { tag: text } })
          if (read.ok) return read.value
          throw appError('invalid', 'tag-not-readable', { meta: { tag: text } })
        })
        const tagged = await tagObject(registry, callerOf(principal), {
          ...params,
          tags,
          newOfRetired,
          importId: '',
          expected: ifMatch({ request }),
        })
        return { status: 200, headers: { etag: etagOf(tagged.version) }, body: await shown(tagged) }
      },
    }),
    route({
      method: 'DELETE',
      path: '/v1/objects/:objectId/tags',
      summary: 'Take the tags of the caller’s unit off an object, and the object of another unit out of its pool',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      responses: { 200: record },
      handler: async ({ principal, params, request }) => {
        const expected = ifMatch({ request })
        const tagged = await tagObject(registry, callerOf(principal), {
          ...params,
          tags: undefined,
          newOfRetired: () => undefined,
          importId: '',
          expected,
        })
        return { status: 200, headers: { etag: etagOf(tagged.version) }, body: await shown(tagged) }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/objects/:objectId/quality',
      summary: 'Record what the owner found of the quality of an object’s data',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      body: z.strictObject({ status: z.enum(qualityStatuses), reason: shortText }),
      responses: { 200: record },
      handler: async ({ principal, params, body, request }) => {
        const found = await setObjectQuality(registry, callerOf(principal), { ...params, ...body, expected: ifMatch({ request }) })
        return { status: 200, headers: { etag: etagOf(found.version) }, body: await shown(found) }
      },
    }),
  ]
}
