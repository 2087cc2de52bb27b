import { Readable } from 'node:stream'
import { requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import type { UnitId } from '@dual-random/kernel'
import type { RegisterColumn } from '@dual-random/tables'
import { z } from 'zod'
import { checkItemRows } from '../app/export/export-check-items.ts'
import { creditRows } from '../app/export/export-credit-results.ts'
import { countExported, inspectorRows } from '../app/export/export-inspectors.ts'
import { objectRows } from '../app/export/export-objects.ts'
import { tagRows } from '../app/export/export-tags.ts'
import {
  type ExportedTable,
  type ExportFormat,
  exportFormats,
  fileOfRows,
  mediaTypeOfExport,
  templateFormats,
} from '../app/export/file-of-rows.ts'
import { registerNames, templateOf } from '../app/export/templates.ts'
import { personnelRules } from '../app/personnel-rules.ts'
import { putOnRecord } from '../app/put-on-record.ts'
import { checkItemColumns } from '../app/registers/check-items.ts'
import { creditColumns } from '../app/registers/credit-results.ts'
import { inspectorColumns } from '../app/registers/inspectors.ts'
import { objectColumns } from '../app/registers/objects.ts'
import { tagColumns } from '../app/registers/tags.ts'
import type { Registry } from '../app/registry.ts'
import { currentVersion } from '../domain/check-item-list.ts'
import { anyoneSignedIn, requirePool } from './access.ts'
import { id } from './schemas.ts'

const { csv, ndjson, xlsx } = mediaTypeOfExport
const anyFormat = { mediaType: csv, otherMediaTypes: [ndjson, xlsx] } as const
const format = z.enum(exportFormats).default('csv')

/** A file whose rows are read while they are sent. */
const streamed = <const Column extends RegisterColumn>(asked: ExportFormat, table: ExportedTable<Column>) => ({
  status: 200,
  headers: { 'content-type': mediaTypeOfExport[asked], 'content-disposition': `attachment; filename="${table.name}.${asked}"` },
  stream: Readable.from(fileOfRows(asked, table)),
})

const exportRoute = { method: 'GET', responses: { 200: anyFormat }, timeoutMs: 600_000 } as const

export function exportRoutes(registry: Registry): Route[] {
  const { objects, checkItemLists, lists, tagBook } = registry
  return [
    route({
      method: 'GET',
      path: '/v1/import-templates/:register',
      summary: 'An empty file of a register, with its header',
      roles: anyoneSignedIn,
      params: z.object({ register: z.enum(registerNames) }),
      query: z.object({ format: z.enum(templateFormats).default('csv') }),
      responses: { 200: { mediaType: csv, otherMediaTypes: [xlsx] } },
      handler: async ({ principal, params: { register }, query }) =>
        streamed(query.format, templateOf(register, lists, principal.regionCode)),
    }),
    route({
      ...exportRoute,
      path: '/v1/objects/export',
      summary: 'The objects that the caller’s unit owns, as a file that can be imported again',
      roles: ['REGISTRY_CLERK'],
      query: z.object({ unitId: id.optional(), format }),
      handler: async ({ principal, query }) => {
        const { unitId, regionCode } = principal
        if (query.unitId !== undefined) requireUnit(principal, query.unitId as UnitId)
        return streamed(query.format, { name: 'objects', columns: objectColumns(lists, regionCode), rows: objectRows(objects, unitId) })
      },
    }),
    route({
      ...exportRoute,
      path: '/v1/tags/export',
      summary: 'The tags that the caller’s unit gave to objects of its pool, as a file that can be imported again',
      roles: ['REGISTRY_CLERK'],
      query: z.object({ unitId: id.optional(), format }),
      handler: async ({ principal, query }) => {
        const { unitId, regionCode } = principal
        if (query.unitId !== undefined) requireUnit(principal, query.unitId as UnitId)
        const dimensions = await tagBook.dimensions(regionCode)
        const columns = tagColumns(dimensions, lists, regionCode)
        return streamed(query.format, { name: 'tags', columns, rows: tagRows(objects, dimensions, unitId) })
      },
    }),
    inspectorExport(registry),
    creditExport(registry),
    route({
      ...exportRoute,
      path: '/v1/check-item-lists/:listId/export',
      summary: 'The latest version of a list, as a file that can be imported again',
      roles: anyoneSignedIn,
      params: z.object({ listId: id }),
      query: z.object({ format }),
      handler: async ({ params: { listId }, query }) => {
        const list = (await checkItemLists.load(listId))?.state
        const version = list && currentVersion(list)
        if (version === undefined) throw appError('not-found', 'not-found', { meta: { what: '抽查事项清单', id: listId } })
        return streamed(query.format, { name: 'check-items', columns: checkItemColumns(lists), rows: checkItemRows(version.items) })
      },
    }),
  ]
}

function inspectorExport(registry: Registry): Route {
  const { inspectors, units, sealer } = registry
  return route({
    ...exportRoute,
    path: '/v1/inspectors/export',
    summary:
      'The inspectors of a unit, as a file that can be imported again; recusal scopes stay sealed unless asked for, the read is on record',
    roles: ['REGISTRY_CLERK', 'AUDITOR'],
    query: z.object({ unitId: id.optional(), format, recusalScope: z.enum(['sealed', 'open']).default('sealed') }),
    handler: async ({ principal, query, traceId }) => {
      const unitId = (query.unitId ?? principal.unitId) as UnitId
      const opens = query.recusalScope === 'open'
      await requirePool(registry, principal, unitId)
      if (opens && !principal.roles.includes('AUDITOR')) requireUnit(principal, unitId)
      const { natures } = await personnelRules(registry, principal.regionCode)
      // A clerk's own unit need not be in the register yet; it is where the clerk is.
      const regionCode = (await units.load(unitId))?.state.regionCode ?? principal.regionCode
      const { rows: count, scopes } = await countExported(inspectors, unitId)
      const read = opens ? ({ what: 'recusal-scope-export', count: scopes } as const) : ({ what: 'inspector-export', count } as const)
      await putOnRecord(registry, { principal, traceId }, { ...read, target: unitId, regionCode })
      const rows = inspectorRows(inspectors, { unitId, natures, sealer: opens ? sealer : undefined })
      return streamed(query.format, { name: 'inspectors', columns: inspectorColumns(natures), rows })
    },
  })
}

function creditExport(registry: Registry): Route {
  const { objects, credits, clock } = registry
  return route({
    ...exportRoute,
    path: '/v1/credit-results/export',
    summary: 'Credit-risk results that count now, or all with history=true, as a file that can be imported again',
    roles: ['REGISTRY_CLERK', 'CREDIT_SYSTEM', 'AUDITOR'],
    query: z.object({ unitId: id.optional(), format, history: z.stringbool().default(false) }),
    handler: async ({ principal, query }) => {
      // Who pushes the results of a region, or audits it, reads those of the region; a clerk those of a pool.
      const ofRegion = principal.roles.some((role) => role === 'CREDIT_SYSTEM' || role === 'AUDITOR')
      const unitId = query.unitId ?? (ofRegion ? undefined : principal.unitId)
      if (unitId !== undefined) await requirePool(registry, principal, unitId)
      const judged = unitId === undefined ? objects.inRegion(principal.regionCode) : objects.ofUnit(unitId as UnitId)
      const rows = creditRows(credits, judged, { at: clock(), withHistory: query.history })
      return streamed(query.format, { name: 'credit-results', columns: creditColumns([]), rows })
    },
  })
}
