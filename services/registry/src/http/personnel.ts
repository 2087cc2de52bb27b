import { requireUnit } from '@dual-random/auth'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import type { UnitId } from '@dual-random/kernel'
import { z } from 'zod'
import { comparePersonnel } from '../app/compare-personnel.ts'
import { holdUpload } from '../app/import/upload.ts'
import type { Registry } from '../app/registry.ts'
import { setInspectorQuality } from '../app/set-inspector-quality.ts'
import { setInspectorStatus, unknownInspector } from '../app/set-inspector-status.ts'
import { inspectorStatuses, unitAt } from '../domain/inspector.ts'
import { qualityStatuses } from '../domain/source.ts'
import { callerOf, requireVisible, unitFilter } from './access.ts'
import { etagOf, ifMatch } from './etag.ts'
import { smallFile, uploadTypeOf } from './import-upload.ts'
import { shownInspector } from './inspectors.ts'
import { dateOrInstant, id, localDate, record, shortText } from './schemas.ts'

const byId = z.object({ inspectorId: z.string().regex(/^[0-9a-f]{32}$/) })
const inspectorReaders = ['REGISTRY_CLERK', 'DRAW_ORGANISER', 'DISPATCHER', 'AUDITOR'] as const

const completenessReport = z.object({
  id: z.string(),
  unitId: z.string(),
  regionCode: z.string(),
  source: z.string(),
  sourceAsOf: z.string(),
  at: z.string(),
  by: z.string(),
  certifiedInSource: z.number(),
  inPool: z.number(),
  share: z.string().nullable(),
  missing: z.number(),
  notCounted: z.number(),
  absentFromSource: z.number(),
  ofOtherUnits: z.number(),
  reportUrl: z.string(),
})

/** The pool as people keep it from day to day: its completeness, and changes of post. */
export function personnelRoutes(registry: Registry): Route[] {
  const { completenessReports, inspectors } = registry
  return [
    route({
      method: 'POST',
      path: '/v1/inspectors/completeness',
      summary: 'Compare the inspector pool with its personnel source, and store the report',
      roles: ['REGISTRY_CLERK'],
      query: z.object({ source: shortText, sourceAsOf: dateOrInstant.optional(), unitId: id.optional() }),
      body: smallFile,
      timeoutMs: 600_000,
      responses: { 200: z.record(z.string(), z.union([z.string(), z.number()])) },
      handler: async ({ principal, query, request, body, derivedId }) => {
        if (query.unitId !== undefined) requireUnit(principal, query.unitId as UnitId)
        // The list is not kept: it names staff of whom the pool holds nothing.
        const upload = await holdUpload(uploadTypeOf(request), body)
        const source = { name: query.source, asOf: query.sourceAsOf ?? registry.clock() }
        return { status: 200, body: await comparePersonnel(registry, { importId: derivedId, caller: callerOf(principal), upload }, source) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/inspectors/completeness',
      summary: 'Completeness reports of the pools the caller may read, newest first',
      roles: ['REGISTRY_CLERK', 'PLANNER', 'AUDITOR', 'EVALUATOR'],
      query: z.object({ ...pageQuery, unitId: id.optional() }),
      responses: { 200: pageOf(completenessReport) },
      handler: async ({ principal, query }) => {
        const unitIds = await unitFilter(registry, principal, query.unitId)
        const scope = { regionCode: principal.regionCode, ...(unitIds === undefined ? {} : { unitIds }) }
        const found = await completenessReports.page(scope, { limit: query.limit + 1, after: query.after })
        const { items, ...paged } = page(found, query.limit, (each) => each.id)
        return { status: 200, body: { ...paged, items: items.map((each) => ({ ...each, reportUrl: `/v1/imports/${each.id}/report` })) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/inspectors/:inspectorId',
      summary: 'One inspector with the history of posts, recusal scope masked',
      roles: inspectorReaders,
      params: byId,
      responses: { 200: record },
      handler: async ({ principal, params }) => {
        const found = await inspectors.load(params.inspectorId)
        if (found === undefined) throw unknownInspector(params.inspectorId)
        await requireVisible(registry, principal, [found.state.unitId], found.state.regionCode)
        const posts = found.state.timeline.map(({ from, to, content: { status, homeUnitId, entersOn, leavesOn } }) => ({
          from,
          to,
          unitId: unitAt(found.state, from),
          status,
          homeUnitId,
          entersOn,
          leavesOn,
        }))
        return { status: 200, headers: { etag: etagOf(found.version) }, body: { ...shownInspector(found.state), posts } }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/inspectors/:inspectorId/status',
      summary: 'Record that an inspector leaves, or comes back, from a date on',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      body: z.strictObject({ status: z.enum(inspectorStatuses), effectiveOn: localDate }),
      responses: { 200: record },
      handler: async ({ principal, params, body, request }) => {
        const change = { ...body, expected: ifMatch({ request }) }
        const saved = await setInspectorStatus(registry, callerOf(principal), params.inspectorId, change)
        return { status: 200, headers: { etag: etagOf(saved.version) }, body: shownInspector(saved.state) }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/inspectors/:inspectorId/quality',
      summary: 'Record what the owner found of the quality of an inspector’s data',
      roles: ['REGISTRY_CLERK'],
      params: byId,
      body: z.strictObject({ status: z.enum(qualityStatuses), reason: shortText }),
      responses: { 200: record },
      handler: async ({ principal, params, body, request }) => {
        const saved = await setInspectorQuality(registry, callerOf(principal), { ...params, ...body, expected: ifMatch({ request }) })
        return { status: 200, headers: { etag: etagOf(saved.version) }, body: shownInspector(saved.state) }
      },
    }),
  ]
}
