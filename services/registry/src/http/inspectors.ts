import { requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { openRecusal } from '../app/import-inspectors.ts'
import { putOnRecord } from '../app/put-on-record.ts'
import type { Registry } from '../app/registry.ts'
import { currentInspector, type Inspector } from '../domain/inspector.ts'
import { quality } from '../domain/source.ts'
import { unitFilter } from './access.ts'
import { id, record } from './schemas.ts'

/** The scope itself stays masked: only whether there is one (SEC-04). */
export function shownInspector(inspector: Inspector) {
  const { recusal, ...content } = currentInspector(inspector)
  const { inspectorId, certificateNumber, unitId } = inspector
  const last = inspector.timeline.at(-1)
  return {
    inspectorId,
    certificateNumber,
    unitId,
    ...content,
    source: last?.receivedFrom ?? null,
    quality: quality(last),
    recusalScope: recusal === null ? 'MISSING' : recusal.kind === 'none' ? 'NONE' : 'MASKED',
  }
}

export function inspectorRoutes(registry: Registry): Route[] {
  const { inspectors, units, sealer } = registry
  return [
    route({
      method: 'GET',
      path: '/v1/inspectors',
      summary: 'Inspectors of the pools the caller may read, recusal scope masked',
      roles: ['REGISTRY_CLERK', 'DRAW_ORGANISER', 'DISPATCHER', 'AUDITOR'],
      query: z.object({ ...pageQuery, unitId: id.optional() }),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, query }) => {
        const unitIds =
          (await unitFilter(registry, principal, query.unitId)) ?? (await units.inRegion(principal.regionCode)).map(({ unitId }) => unitId)
        const found = page(
          await inspectors.page(unitIds, { limit: query.limit + 1, after: query.after }),
          query.limit,
          (each) => each.inspectorId,
        )
        return { status: 200, body: { ...found, items: found.items.map(shownInspector) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/inspectors/:inspectorId/recusal-scope',
      summary: 'The recusal scope of an inspector; the read is on record',
      roles: ['REGISTRY_CLERK', 'AUDITOR'],
      params: z.object({ inspectorId: z.string().regex(/^[0-9a-f]{32}$/) }),
      responses: { 200: z.object({ entries: z.array(record).nullable() }) },
      handler: async ({ principal, params, traceId }) => {
        const found = await inspectors.load(params.inspectorId)
        if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '执法检查人员', id: params.inspectorId } })
        if (principal.roles.includes('AUDITOR')) requireRegion(principal, found.state.regionCode)
        else requireUnit(principal, found.state.unitId)
        const { recusal } = currentInspector(found.state)
        const entries = recusal === null ? null : openRecusal(sealer, found.state.inspectorId, recusal)
        const { inspectorId, regionCode } = found.state
        const read = { what: 'recusal-scope', target: inspectorId, regionCode, count: entries?.length ?? 0 } as const
        await putOnRecord(registry, { principal, traceId }, read)
        return { status: 200, body: { entries } }
      },
    }),
  ]
}
