import { appError } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { regionContains } from '@dual-random/kernel'
import { z } from 'zod'
import { recordListPublication } from '../app/publish-list-version.ts'
import type { Registry } from '../app/registry.ts'
import { type CheckItemList, currentVersion } from '../domain/check-item-list.ts'
import { callerOf } from './access.ts'
import { etagOf, isKnown } from './etag.ts'
import { dateOrInstant, id, record, regionCode, shortText } from './schemas.ts'

/** What anyone may read of a list: whose it is, and when and why its latest version was made. */
function publicHead(
  { versions: _versions, ...list }: CheckItemList,
  { number, effectiveFrom, trigger, triggerNote, publishedAt }: Version,
) {
  return { ...list, listVersion: number, effectiveFrom, trigger, triggerNote, publishedAt }
}

type Version = CheckItemList['versions'][number]

export const listPublicationRoutes = (registry: Registry): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/check-item-lists/:listId/versions/:number/publications',
    summary: 'Record where and when a version of a list was made public',
    roles: ['REGISTRY_CLERK'],
    params: z.object({ listId: id, number: z.coerce.number().int().min(1) }),
    body: z.strictObject({ channel: shortText, reference: shortText, at: dateOrInstant.exactOptional() }),
    responses: { 200: record },
    handler: async ({ principal, params, body }) => {
      const list = await recordListPublication(registry, { ...params, ...body }, callerOf(principal))
      const version = list.versions.find(({ number }) => number === params.number)
      return { status: 200, body: { listId: list.listId, listVersion: params.number, publications: version?.publications ?? [] } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/public/check-item-lists',
    summary: 'Check-item lists for the public',
    roles: 'public',
    query: z.object({ ...pageQuery, regionCode: regionCode.optional() }),
    responses: { 200: pageOf(record) },
    handler: async ({ query: { limit, after = '', regionCode: region } }) => {
      const lists = (await registry.checkItemLists.all())
        .filter((list) => list.listId > after && (region === undefined || regionContains(region, list.regionCode)))
        .sort((a, b) => (a.listId < b.listId ? -1 : 1))
      const heads = lists.flatMap((list) => {
        const version = currentVersion(list)
        return version === undefined ? [] : [publicHead(list, version)]
      })
      return { status: 200, body: page(heads, limit, ({ listId }) => listId) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/public/check-item-lists/:listId',
    summary: 'The latest version of a list with its items',
    roles: 'public',
    params: z.object({ listId: id }),
    responses: { 200: record, 304: record },
    handler: async (context) => {
      const { listId } = context.params
      const list = (await registry.checkItemLists.load(listId))?.state
      const version = list && currentVersion(list)
      if (list === undefined || version === undefined) {
        throw appError('not-found', 'not-found', { meta: { what: '抽查事项清单', id: listId } })
      }
      const headers = { etag: etagOf(version.number), 'cache-control': 'no-cache' }
      if (isKnown(context, headers.etag)) return { status: 304, headers }
      return { status: 200, body: { ...publicHead(list, version), items: version.items }, headers }
    },
  }),
]
