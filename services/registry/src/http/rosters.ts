import { requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { keepUpload } from '../app/import/upload.ts'
import { importRoster } from '../app/import-roster.ts'
import type { Registry } from '../app/registry.ts'
import { callerOf } from './access.ts'
import { record } from './schemas.ts'

/** Published lists of drawn objects. */
export function rosterRoutes(registry: Registry): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/rosters/import',
      summary: 'Import a published list of drawn objects and find its objects in the pool; every row stands in the report',
      roles: ['REGISTRY_CLERK'],
      body: { raw: ['text/csv', 'application/octet-stream'], limitBytes: 4 * 1024 * 1024 },
      timeoutMs: 600_000,
      responses: { 200: z.record(z.string(), z.union([z.string(), z.number()])) },
      handler: async ({ principal, body, derivedId }) => {
        const upload = await keepUpload(registry.blobs, 'text/csv', body)
        return { status: 200, body: await importRoster(registry, { importId: derivedId, caller: callerOf(principal), upload }) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/rosters/:importId',
      summary: 'A published list of drawn objects as it was read',
      roles: ['REGISTRY_CLERK', 'AUDITOR'],
      params: z.object({ importId: z.string().regex(/^[0-9a-f]{32}$/) }),
      responses: { 200: record },
      handler: async ({ principal, params }) => {
        const found = await registry.publishedRosters.get(params.importId)
        if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '抽取名单', id: params.importId } })
        if (principal.roles.includes('AUDITOR')) requireRegion(principal, found.regionCode)
        else requireUnit(principal, found.unitId)
        return { status: 200, body: { ...found } }
      },
    }),
  ]
}
