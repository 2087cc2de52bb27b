import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import { chinaDateOf, formatPercent, ratioOf, regionContains } from '@dual-random/kernel'
import { z } from 'zod'
import { itemsOnLists } from '../app/items.ts'
import { listChannels } from '../app/publish-list-version.ts'
import type { Registry } from '../app/registry.ts'
import type { CheckItem } from '../domain/check-item.ts'
import { type CheckItemList, currentVersion } from '../domain/check-item-list.ts'
import { unpublishedChannels } from '../domain/list-publication.ts'
import { anyoneSignedIn, regionOf } from './access.ts'
import { id, localDate, record, regionCode } from './schemas.ts'

/** How many items of a version are key, and their share (REG-04). */
function keyItemsOf(items: readonly CheckItem[]) {
  const count = items.filter(({ itemClass }) => itemClass === 'KEY').length
  return { count, share: formatPercent(ratioOf(count, Math.max(items.length, 1))) }
}

const about = ({ versions, ...list }: CheckItemList) => {
  const last = versions.at(-1)
  return {
    ...list,
    listVersion: last?.number ?? 0,
    effectiveFrom: last?.effectiveFrom ?? null,
    updatedAt: last?.publishedAt ?? null,
    itemCount: last?.items.length ?? 0,
    keyItems: keyItemsOf(last?.items ?? []),
    versions: versions.map(({ items, ...version }) => ({ ...version, itemCount: items.length })),
  }
}

export function checkItemRoutes(registry: Registry): Route[] {
  const { checkItemLists, clock } = registry
  /** The head of a list with the channels its latest version has still to be published on (REG-12). */
  const shown = async (list: CheckItemList) => {
    const last = currentVersion(list)
    const channels = await listChannels(registry, list.regionCode)
    return { ...about(list), toPublish: last === undefined ? [] : unpublishedChannels(last, channels) }
  }
  return [
    route({
      method: 'GET',
      path: '/v1/check-items',
      summary: 'Items of the lists in force in a region on a date',
      roles: anyoneSignedIn,
      query: z.object({ regionCode: regionCode.optional(), at: localDate.optional() }),
      responses: { 200: z.object({ items: z.array(record) }) },
      handler: async ({ principal, query }) => ({
        status: 200,
        body: { items: await itemsOnLists(checkItemLists, query.regionCode ?? principal.regionCode, query.at ?? chinaDateOf(clock())) },
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/check-item-lists',
      summary: 'Lists of a region and below: owner, version, dates, counts',
      roles: anyoneSignedIn,
      query: z.object({ regionCode: regionCode.optional() }),
      responses: { 200: z.object({ lists: z.array(record) }) },
      handler: async ({ principal, query }) => {
        const region = regionOf(principal, query.regionCode)
        const lists = (await checkItemLists.all()).filter((list) => regionContains(region, list.regionCode))
        return { status: 200, body: { lists: await Promise.all(lists.map(shown)) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/check-item-lists/:listId',
      summary: 'One list with the items of a version, the latest when none is named',
      roles: anyoneSignedIn,
      params: z.object({ listId: id }),
      query: z.object({ version: z.coerce.number().int().min(1).optional() }),
      responses: { 200: record },
      handler: async ({ params, query }) => {
        const list = (await checkItemLists.load(params.listId))?.state
        const version =
          list && (query.version === undefined ? currentVersion(list) : list.versions.find(({ number }) => number === query.version))
        if (list === undefined || version === undefined)
          throw appError('not-found', 'not-found', { meta: { what: '抽查事项清单', id: params.listId } })
        return { status: 200, body: { ...(await shown(list)), shownVersion: version.number, items: version.items } }
      },
    }),
  ]
}
