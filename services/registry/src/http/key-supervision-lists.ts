import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import { chinaDateOf, regionContains } from '@dual-random/kernel'
import { z } from 'zod'
import { runImport } from '../app/import/import-run.ts'
import { importKeyList } from '../app/import-key-list.ts'
import { keyMattersOn } from '../app/key-matters.ts'
import type { Registry } from '../app/registry.ts'
import type { KeySupervisionList } from '../domain/key-supervision-list.ts'
import { anyoneSignedIn, regionOf } from './access.ts'
import { byUnitOrFile, keptImport, smallOrStoredFile } from './import-upload.ts'
import { id, localDate, longText, record, regionCode, shortText } from './schemas.ts'

const answer = z.record(z.string(), z.union([z.string(), z.number()]))

/** Owner, title and versions, without the matters. */
const head = ({ versions, ...list }: KeySupervisionList) => ({
  ...list,
  versions: versions.map(({ matters, attributes: _ofMode, ...version }) => ({ ...version, matterCount: matters.length })),
})

/** Key-supervision lists (重点监管事项清单): kept by the province, in immutable versions (TGT-03). */
export function keySupervisionListRoutes(registry: Registry): Route[] {
  const { keySupervisionLists, clock } = registry
  return [
    route({
      method: 'POST',
      path: '/v1/key-supervision-lists/import',
      summary: '重点监管事项清单 / publish the next version of a key-supervision list',
      roles: ['REGISTRY_CLERK'],
      query: byUnitOrFile.extend({
        listId: id,
        title: shortText,
        effectiveFrom: localDate.optional(),
        effectiveTo: localDate.optional(),
        note: longText.optional(),
      }),
      body: smallOrStoredFile,
      responses: { 200: answer },
      timeoutMs: 3_600_000,
      handler: async (context) => {
        const { listId, title, effectiveFrom, effectiveTo, note } = context.query
        const about = {
          listId,
          title,
          effectiveFrom: effectiveFrom ?? chinaDateOf(clock()),
          ...(effectiveTo === undefined ? {} : { effectiveTo }),
          ...(note === undefined ? {} : { note }),
        }
        const sent = await keptImport(registry, context, smallOrStoredFile)
        const work = runImport(registry, 'key-supervision-lists', sent, (deps, command) => importKeyList(deps, command, about))
        return { status: 200, body: await work }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/key-supervision-lists',
      summary: '重点监管事项清单 / key-supervision lists of a region and below: owner, versions, dates, counts',
      roles: anyoneSignedIn,
      query: z.object({ regionCode: regionCode.optional() }),
      responses: { 200: z.object({ lists: z.array(record) }) },
      handler: async ({ principal, query }) => {
        const region = regionOf(principal, query.regionCode)
        const lists = (await keySupervisionLists.all()).filter((list) => regionContains(region, list.regionCode))
        return { status: 200, body: { lists: lists.map(head) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/key-supervision-lists/:listId',
      summary: '一份重点监管事项清单 / one list with the matters of a version, the latest when none is named',
      roles: anyoneSignedIn,
      params: z.object({ listId: id }),
      query: z.object({ version: z.coerce.number().int().min(1).optional() }),
      responses: { 200: record },
      handler: async ({ params, query }) => {
        const list = (await keySupervisionLists.load(params.listId))?.state
        const version = query.version === undefined ? list?.versions.at(-1) : list?.versions.find(({ number }) => number === query.version)
        if (list === undefined || version === undefined) {
          throw appError('not-found', 'not-found', { meta: { what: '重点监管事项清单', id: params.listId } })
        }
        const { number, attributes, matters } = version
        return { status: 200, body: { ...head(list), shownVersion: number, attributes, matters } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/key-matters',
      summary: '重点监管事项 / matters of the key-supervision lists in force in a region on a date',
      roles: anyoneSignedIn,
      query: z.object({ regionCode: regionCode.optional(), at: localDate.optional() }),
      responses: { 200: z.object({ matters: z.array(record) }) },
      handler: async ({ principal, query }) => {
        const found = await keyMattersOn(keySupervisionLists, query.regionCode ?? principal.regionCode, query.at ?? chinaDateOf(clock()))
        return { status: 200, body: { matters: found.map(({ matter, ...list }) => ({ ...list, ...matter })) } }
      },
    }),
  ]
}
