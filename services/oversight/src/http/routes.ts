import { requireRegion } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { computeIndicators, type IndicatorPorts } from '../app/compute-indicators.ts'
import type { Snapshots } from '../app/ports.ts'
import { reportFigure } from '../app/report-figure.ts'
import { regionCode, reportSchema, year } from './schemas.ts'
import { snapshotRoutes } from './snapshot-routes.ts'

const figureSchema = z.object({
  regionCode: z.string(),
  year: z.number(),
  measure: z.string(),
  count: z.number(),
  source: z.string(),
  by: z.string(),
  at: z.string(),
})

export const oversightRoutes = (ports: IndicatorPorts & { readonly snapshots: Snapshots }): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/indicators',
    summary: '效果评价指标 / indicators of a region and year',
    roles: ['EVALUATOR', 'AUDITOR', 'PLANNER', 'JOINT_COORDINATOR'],
    query: z.object({ regionCode, year, unitId: z.string().optional() }),
    responses: { 200: reportSchema },
    handler: async ({ principal, query }) => {
      requireRegion(principal, query.regionCode)
      return { status: 200, body: await computeIndicators(ports, { regionCode: query.regionCode, unitId: query.unitId }, query.year) }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/reported-figures',
    summary: '填报系统之外的数量 / report a figure that no event tells',
    roles: ['PLANNER'],
    body: z.object({
      regionCode,
      year,
      measure: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
      count: z.number().int().min(0).max(4_294_967_295),
      source: z.string().trim().min(1).max(500),
    }),
    responses: { 200: figureSchema },
    handler: async ({ principal, body }) => {
      requireRegion(principal, body.regionCode)
      return { status: 200, body: await reportFigure(ports, principal.subject, body) }
    },
  }),
  ...snapshotRoutes(ports),
]
