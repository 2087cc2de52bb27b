import { createHash } from 'node:crypto'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import type { ItemCode } from '@dual-random/kernel'
import { z } from 'zod'
import { linkItem, linksOf, unlinkedItems } from '../app/link-items.ts'
import type { Registry } from '../app/registry.ts'
import { documentKinds, type ItemDocument } from '../domain/item-links.ts'
import { anyoneSignedIn, callerOf, regionOf } from './access.ts'
import { etagOf, ifMatch, isKnown } from './etag.ts'
import { id, localDate, record, regionCode, shortText } from './schemas.ts'

const byItem = z.object({ listId: id, itemCode: id.transform((text) => text as ItemCode) })
const entries = z.array(z.strictObject({ code: shortText, name: shortText })).max(50)
const linksPath = '/v1/check-item-lists/:listId/items/:itemCode/links'

/** The same title of the same kind at the same unit is the same document: a changed text is its next version. */
const documentId = (...parts: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(['item-document', ...parts]))
    .digest('hex')
    .slice(0, 32)

export const itemLinkRoutes = (registry: Registry): readonly Route[] => [
  route({
    method: 'PUT',
    path: linksPath,
    summary: 'Link an item to the power list, the supervision list, its sample forms and its rules',
    roles: ['REGISTRY_CLERK'],
    params: byItem,
    body: z.strictObject({ powerEntries: entries, supervisionEntries: entries, documentIds: z.array(id).max(50) }),
    responses: { 200: record },
    handler: async (context) => {
      const { principal, params, body } = context
      const { version, state } = await linkItem(registry, { ...params, ...body, expected: ifMatch(context) }, callerOf(principal))
      return { status: 200, body: { ...state, version }, headers: { etag: etagOf(version) } }
    },
  }),
  route({
    method: 'GET',
    path: linksPath,
    summary: 'What an item is linked to',
    roles: anyoneSignedIn,
    params: byItem,
    responses: { 200: record, 304: record },
    handler: async (context) => {
      const { listId, itemCode } = context.params
      const found = await linksOf(registry, listId, itemCode)
      const etag = etagOf(found?.version ?? 0)
      if (isKnown(context, etag)) return { status: 304, headers: { etag } }
      const nothing = { listId, itemCode, powerEntries: [], supervisionEntries: [], documentIds: [] }
      return { status: 200, body: { ...(found?.state ?? nothing), version: found?.version ?? 0 }, headers: { etag } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/check-item-lists/:listId/unlinked',
    summary: 'Items of a list that lack a link, and which',
    roles: anyoneSignedIn,
    params: z.object({ listId: id }),
    query: z.object(pageQuery),
    responses: { 200: pageOf(record) },
    handler: async ({ params, query: { limit, after = '' } }) => {
      const found = (await unlinkedItems(registry, params.listId)).filter(({ itemCode }) => itemCode > after)
      return { status: 200, body: page(found, limit, ({ itemCode }) => itemCode) }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/item-documents',
    summary: 'Enter a sample form, implementing rules, joint measures or a joint guideline; a changed text is the next version',
    roles: ['REGISTRY_CLERK'],
    body: z.strictObject({
      kind: z.enum(documentKinds),
      title: shortText,
      standard: shortText.exactOptional(),
      effectiveFrom: localDate,
      text: z.string().min(1).max(200_000),
    }),
    responses: { 200: record },
    handler: async ({ principal, body }) => {
      const { unitId, regionCode: region } = principal
      const given = { ...body, standard: body.standard ?? null }
      const key = documentId(unitId, body.kind, body.title)
      const before = await registry.itemDocuments.get(key)
      const same =
        before !== undefined &&
        before.text === given.text &&
        before.standard === given.standard &&
        before.effectiveFrom === given.effectiveFrom
      const document: ItemDocument = same
        ? before
        : { id: key, regionCode: region, unitId, ...given, version: (before?.version ?? 0) + 1, updatedAt: registry.clock() }
      if (!same) await registry.itemDocuments.put(document)
      return { status: 200, body: document }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/item-documents',
    summary: 'Sample forms, rules and measures of a region',
    roles: anyoneSignedIn,
    query: z.object({ regionCode: regionCode.optional() }),
    responses: { 200: z.object({ documents: z.array(record) }) },
    handler: async ({ principal, query }) => ({
      status: 200,
      body: { documents: await registry.itemDocuments.inRegion(regionOf(principal, query.regionCode)) },
    }),
  }),
]
