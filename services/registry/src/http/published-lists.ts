import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf, utf8 } from '@dual-random/kernel'
import { writeImportReport } from '@dual-random/tables'
import { z } from 'zod'
import { answerPublishedList } from '../app/answer-published-list.ts'
import { applyPublishedList } from '../app/apply-published-list.ts'
import { reportRows } from '../app/published-list/report-rows.ts'
import { noSuchImport } from '../app/published-list-context.ts'
import { receivePublishedList } from '../app/receive-published-list.ts'
import type { Registry } from '../app/registry.ts'
import type { PublishedList } from '../domain/published-list/published-list.ts'
import { callerOf } from './access.ts'
import { publishedListSummary, publishedListsPath, publishedListView } from './published-list-view.ts'
import { id, listAnswer, localDate, record, shortText } from './schemas.ts'

const root = publishedListsPath
const readers = ['REGISTRY_CLERK', 'AUDITOR'] as const
const byImport = z.object({ importId: z.string().regex(/^[0-9a-f]{32}$/) })
const tableLimitBytes = 4 * 1024 * 1024

/** An import is read by its unit, and by the auditors of its region. */
async function readable({ publishedLists }: Registry, importId: string, principal: Principal): Promise<PublishedList> {
  const found = (await publishedLists.load(importId))?.state
  if (found === undefined) throw noSuchImport(importId)
  if (principal.roles.includes('AUDITOR')) requireRegion(principal, found.regionCode)
  else requireUnit(principal, found.unitId)
  return found
}

export const publishedListRoutes = (registry: Registry): readonly Route[] => [
  route({
    method: 'POST',
    path: root,
    summary: 'Receive a check-item list as an office published it',
    roles: ['REGISTRY_CLERK'],
    query: z.object({
      listId: id,
      businessLine: shortText,
      effectiveFrom: localDate.exactOptional(),
      fileName: shortText.exactOptional(),
    }),
    body: { raw: ['text/csv', 'application/octet-stream'], limitBytes: tableLimitBytes },
    responses: { 201: record, 200: record },
    timeoutMs: 60_000,
    handler: async ({ principal, query, body }) => {
      const { effectiveFrom = chinaDateOf(registry.clock()), ...about } = query
      const bytes = new Uint8Array(await buffer(body))
      const { published, created } = await receivePublishedList(registry, { bytes, effectiveFrom, ...about }, callerOf(principal))
      return { status: created ? 201 : 200, body: publishedListView(published) }
    },
  }),
  route({
    method: 'GET',
    path: root,
    summary: 'Published lists imported by the caller’s unit',
    roles: readers,
    query: z.object({ ...pageQuery, listId: id.exactOptional() }),
    responses: { 200: pageOf(record) },
    handler: async ({ principal, query: { limit, after, listId } }) => {
      const { regionCode, unitId, roles } = principal
      const of = { regionCode, ...(roles.includes('AUDITOR') ? {} : { unitId }), ...(listId === undefined ? {} : { listId }) }
      const found = await registry.publishedLists.page(of, { limit: limit + 1, after })
      const { items, next } = page(found, limit, ({ importId }) => importId)
      return { status: 200, body: { items: items.map(publishedListSummary), ...(next === undefined ? {} : { next }) } }
    },
  }),
  route({
    method: 'GET',
    path: `${root}/:importId`,
    summary: 'A published list with its questions and answers',
    roles: readers,
    params: byImport,
    responses: { 200: record },
    handler: async ({ principal, params }) => ({
      status: 200,
      body: publishedListView(await readable(registry, params.importId, principal)),
    }),
  }),
  route({
    method: 'GET',
    path: `${root}/:importId/file`,
    summary: 'The file of a published list, as received',
    roles: readers,
    params: byImport,
    responses: { 200: { mediaType: 'text/csv' } },
    handler: async ({ principal, params }) => {
      const { fileDigest } = await readable(registry, params.importId, principal)
      return { status: 200, stream: Readable.from(registry.blobs.get(fileDigest)) }
    },
  }),
  route({
    method: 'GET',
    path: `${root}/:importId/report`,
    summary: 'What has become of each row of a published list, and every open question, as CSV',
    roles: readers,
    params: byImport,
    responses: { 200: { mediaType: 'text/csv; charset=utf-8' } },
    handler: async ({ principal, params: { importId } }) => {
      const published = await readable(registry, importId, principal)
      return {
        status: 200,
        headers: { 'content-disposition': `attachment; filename="list-${importId}.csv"` },
        stream: Readable.from([utf8(writeImportReport(reportRows(published, published.applied)))]),
      }
    },
  }),
  route({
    method: 'POST',
    path: `${root}/:importId/answers`,
    summary: 'Settle questions of a published list',
    roles: ['REGISTRY_CLERK'],
    params: byImport,
    body: z.strictObject({ answers: z.array(listAnswer).min(1).max(1000) }),
    responses: { 200: record },
    timeoutMs: 60_000,
    handler: async ({ principal, params, body }) => ({
      status: 200,
      body: publishedListView(await answerPublishedList(registry, params.importId, body.answers, callerOf(principal))),
    }),
  }),
  route({
    method: 'POST',
    path: `${root}/:importId/apply`,
    summary: 'Make a settled published list the next version of the list',
    roles: ['REGISTRY_CLERK'],
    params: byImport,
    responses: { 200: record },
    timeoutMs: 60_000,
    handler: async ({ principal, params }) => ({
      status: 200,
      body: publishedListView(await applyPublishedList(registry, params.importId, callerOf(principal))),
    }),
  }),
]
