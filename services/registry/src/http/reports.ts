import { requireRegion } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { Registry } from '../app/registry.ts'
import { type ReportRun, reportKinds } from '../domain/report.ts'
import { regionOf } from './access.ts'
import { record, regionCode } from './schemas.ts'

const readers = ['REGISTRY_CLERK', 'JOINT_COORDINATOR', 'OPERATOR', 'AUDITOR', 'EVALUATOR'] as const
const byId = z.object({ reportId: z.string().regex(/^\d{4}-\d{2}-\d{2}_[A-Z_]+_[A-Za-z0-9_-]{1,96}$/) })

const shown = ({ rowsDigest, ...run }: ReportRun) => ({ ...run, rowsUrl: rowsDigest === null ? null : `/v1/reports/${run.id}/rows` })

/** Stored runs of the scheduled reports (DQ-02): figures of the region and below, the newest day first. */
export function reportRoutes({ reportRuns, blobs }: Registry): Route[] {
  const visible = async (reportId: string, principal: Parameters<typeof requireRegion>[0]): Promise<ReportRun> => {
    const run = await reportRuns.get(reportId)
    if (run === undefined) throw appError('not-found', 'not-found', { meta: { what: '报表', id: reportId } })
    requireRegion(principal, run.regionCode)
    return run
  }
  return [
    route({
      method: 'GET',
      path: '/v1/reports',
      summary: 'Runs of the daily reports, newest first: the trend of a pool or of credit matching',
      roles: readers,
      query: z.object({
        ...pageQuery,
        regionCode: regionCode.optional(),
        kind: z.enum(reportKinds).optional(),
        subject: z.string().max(96).optional(),
      }),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, query: { limit, after, kind, subject, regionCode: asked } }) => {
        const runs = await reportRuns.page({ regionCode: regionOf(principal, asked), kind, subject }, { limit: limit + 1, after })
        const found = page(runs, limit, (run) => run.id)
        return { status: 200, body: { ...found, items: found.items.map(shown) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/reports/:reportId',
      summary: 'One run of a daily report',
      roles: readers,
      params: byId,
      responses: { 200: record },
      handler: async ({ principal, params }) => ({ status: 200, body: shown(await visible(params.reportId, principal)) }),
    }),
    route({
      method: 'GET',
      path: '/v1/reports/:reportId/rows',
      summary: 'What the figures of a run count, as CSV',
      roles: ['REGISTRY_CLERK', 'AUDITOR'],
      params: byId,
      responses: { 200: { mediaType: 'text/csv; charset=utf-8' } },
      handler: async ({ principal, params }) => {
        const run = await visible(params.reportId, principal)
        if (!principal.roles.includes('AUDITOR') && principal.unitId !== run.subject) {
          throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: run.subject } })
        }
        if (run.rowsDigest === null) throw appError('not-found', 'not-found', { meta: { what: '报表明细', id: params.reportId } })
        return { status: 200, body: new TextDecoder().decode(await blobs.bytes(run.rowsDigest)) }
      },
    }),
  ]
}
