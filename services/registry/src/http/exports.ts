import { Readable } from 'node:stream'
import { requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import type { UnitId } from '@dual-random/kernel'
import { z } from 'zod'
import { exportCheckItems } from '../app/export/export-check-items.ts'
import { exportObjects } from '../app/export/export-objects.ts'
import { registerNames, templateOf } from '../app/export/templates.ts'
import type { Registry } from '../app/registry.ts'
import { currentVersion } from '../domain/check-item-list.ts'
import { anyoneSignedIn } from './access.ts'
import { id } from './schemas.ts'

const csv = { mediaType: 'text/csv; charset=utf-8' } as const

const attached = (name: string) => ({ 'content-disposition': `attachment; filename="${name}.csv"` })

export function exportRoutes({ objects, checkItemLists, lists }: Registry): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/import-templates/:register',
      summary: 'An empty file of a register, with its header',
      roles: anyoneSignedIn,
      params: z.object({ register: z.enum(registerNames) }),
      responses: { 200: csv },
      handler: async ({ principal, params: { register } }) => ({
        status: 200,
        headers: attached(register),
        stream: Readable.from([templateOf(register, lists, principal.regionCode)]),
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/objects/export',
      summary: 'The objects that the caller’s unit owns as a CSV file that can be imported again',
      roles: ['REGISTRY_CLERK'],
      query: z.object({ unitId: id.optional() }),
      responses: { 200: csv },
      timeoutMs: 600_000,
      handler: async ({ principal, query }) => {
        const { unitId, regionCode } = principal
        if (query.unitId !== undefined) requireUnit(principal, query.unitId as UnitId)
        return { status: 200, headers: attached('objects'), stream: Readable.from(exportObjects(objects, lists, { unitId, regionCode })) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/check-item-lists/:listId/export',
      summary: 'The latest version of a list as a CSV file that can be imported again',
      roles: anyoneSignedIn,
      params: z.object({ listId: id }),
      responses: { 200: csv },
      handler: async ({ params: { listId } }) => {
        const list = (await checkItemLists.load(listId))?.state
        const version = list && currentVersion(list)
        if (version === undefined) throw appError('not-found', 'not-found', { meta: { what: '抽查事项清单', id: listId } })
        return { status: 200, headers: attached('check-items'), stream: Readable.from([exportCheckItems(version.items, lists)]) }
      },
    }),
  ]
}
