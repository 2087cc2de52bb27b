import { Readable } from 'node:stream'
import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { importAnswer } from '../app/import/finish.ts'
import type { ImportRecord } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'

const readers = ['REGISTRY_CLERK', 'CREDIT_SYSTEM', 'OPERATOR', 'AUDITOR'] as const

export function importRecordRoutes({ imports, blobs }: Registry): Route[] {
  const own = async (importId: string, principal: Principal): Promise<ImportRecord> => {
    const found = await imports.get(importId)
    if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '导入', id: importId } })
    if (principal.roles.includes('AUDITOR')) requireRegion(principal, found.regionCode)
    else requireUnit(principal, found.unitId)
    return found
  }
  const byId = z.object({ importId: z.string().regex(/^[0-9a-f]{32}$/) })
  const shown = (found: ImportRecord) => ({ ...importAnswer(found), kind: found.kind, unitId: found.unitId, by: found.by, at: found.at })
  return [
    route({
      method: 'GET',
      path: '/v1/imports',
      summary: 'Imports of the caller’s unit, newest first',
      roles: readers,
      query: z.object(pageQuery),
      responses: { 200: pageOf(z.record(z.string(), z.unknown())) },
      handler: async ({ principal, query }) => {
        const found = await imports.page(principal.unitId, { limit: query.limit + 1, after: query.after })
        const { items, next } = page(found, query.limit, (each) => each.id)
        return { status: 200, body: { items: items.map(shown), ...(next === undefined ? {} : { next }) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/imports/:importId',
      summary: 'One import',
      roles: readers,
      params: byId,
      responses: { 200: z.record(z.string(), z.unknown()) },
      handler: async ({ principal, params }) => ({ status: 200, body: shown(await own(params.importId, principal)) }),
    }),
    route({
      method: 'GET',
      path: '/v1/imports/:importId/report',
      summary: 'Rejected rows of an import as CSV',
      roles: readers,
      params: byId,
      responses: { 200: { mediaType: 'text/csv; charset=utf-8' } },
      handler: async ({ principal, params }) => {
        const { reportDigest } = await own(params.importId, principal)
        return {
          status: 200,
          headers: { 'content-disposition': `attachment; filename="import-${params.importId}.csv"` },
          stream: Readable.from(blobs.get(reportDigest)),
        }
      },
    }),
  ]
}
