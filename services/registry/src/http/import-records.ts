import { Readable } from 'node:stream'
import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { importAnswer } from '../app/import/finish.ts'
import { standingOf } from '../app/import/import-run.ts'
import type { ImportRun } from '../app/import-ports.ts'
import type { ImportRecord } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'

const readers = ['REGISTRY_CLERK', 'CREDIT_SYSTEM', 'OPERATOR', 'AUDITOR'] as const

export function importRecordRoutes({ imports, importRuns, blobs, systemClock }: Registry): Route[] {
  const own = <T extends ImportRecord | ImportRun>(importId: string, principal: Principal, found: T | undefined): T => {
    if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '导入', id: importId } })
    if (principal.roles.includes('AUDITOR')) requireRegion(principal, found.regionCode)
    else requireUnit(principal, found.unitId)
    return found
  }
  const shownRun = (run: ImportRun) => {
    const { id, kind, unitId, by, fileDigest, startedAt, updatedAt, rows } = run
    return { importId: id, ...standingOf(run, systemClock()), ...rows, kind, unitId, by, fileDigest, startedAt, updatedAt }
  }
  const byId = z.object({ importId: z.string().regex(/^[0-9a-f]{32}$/) })
  const shown = (found: ImportRecord) => ({
    ...importAnswer(found),
    state: 'DONE',
    kind: found.kind,
    unitId: found.unitId,
    by: found.by,
    at: found.at,
  })
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
      path: '/v1/imports/unfinished',
      summary: 'Imports of the caller’s unit that are under way or failed, newest first, at most a hundred',
      roles: readers,
      responses: { 200: z.object({ items: z.array(z.record(z.string(), z.unknown())) }) },
      handler: async ({ principal }) => ({ status: 200, body: { items: (await importRuns.ofUnit(principal.unitId)).map(shownRun) } }),
    }),
    route({
      method: 'GET',
      path: '/v1/imports/:importId',
      summary: 'One import: its counts, or how far it has come, or why it failed',
      roles: readers,
      params: byId,
      responses: { 200: z.record(z.string(), z.unknown()) },
      handler: async ({ principal, params: { importId } }) => {
        const done = await imports.get(importId)
        if (done !== undefined) return { status: 200, body: shown(own(importId, principal, done)) }
        return { status: 200, body: shownRun(own(importId, principal, await importRuns.get(importId))) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/imports/:importId/report',
      summary: 'Rejected rows of an import as CSV',
      roles: readers,
      params: byId,
      responses: { 200: { mediaType: 'text/csv; charset=utf-8' } },
      handler: async ({ principal, params }) => {
        const { reportDigest } = own(params.importId, principal, await imports.get(params.importId))
        return {
          status: 200,
          headers: { 'content-disposition': `attachment; filename="import-${params.importId}.csv"` },
          stream: Readable.from(blobs.get(reportDigest)),
        }
      },
    }),
  ]
}
