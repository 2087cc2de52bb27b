import { requireRegion } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import type { RegionCode } from '@dual-random/kernel'
import { z } from 'zod'
import { computeIndicators, type IndicatorPorts } from '../app/compute-indicators.ts'
import type { KeepSnapshot } from '../app/ports.ts'

const indicator = z.object({
  code: z.string(),
  numerator: z.number(),
  denominator: z.number(),
  numeratorText: z.string(),
  denominatorText: z.string(),
  scope: z.string(),
  period: z.string(),
  formulaVersion: z.string(),
})

const indicators = z.object({ regionCode: z.string(), year: z.number(), indicators: z.array(indicator) })

const regionCode = z.string().regex(/^[1-9]\d{5}$/)

const year = z.coerce.number().int().min(2000).max(2200)

export const oversightRoutes = (ports: IndicatorPorts & { readonly keepSnapshot: KeepSnapshot }): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/indicators',
    summary: '效果评价指标 / indicators of a region and year',
    roles: ['EVALUATOR', 'AUDITOR', 'PLANNER', 'JOINT_COORDINATOR'],
    query: z.object({ regionCode, year }),
    responses: { 200: indicators },
    handler: async ({ principal, query }) => {
      requireRegion(principal, query.regionCode as RegionCode)
      return { status: 200, body: { ...query, indicators: await computeIndicators(ports, query.regionCode, query.year) } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/indicator-snapshots',
    summary: '固定一次指标 / keep the indicators as they are now',
    roles: ['EVALUATOR'],
    body: z.object({ regionCode, year }),
    responses: { 201: indicators.extend({ snapshotId: z.string(), computedAt: z.string() }) },
    handler: async ({ principal, body, derivedId }) => {
      requireRegion(principal, body.regionCode as RegionCode)
      const computed = await computeIndicators(ports, body.regionCode, body.year)
      const snapshot = { snapshotId: derivedId, ...body, unitId: principal.unitId, computedAt: ports.clock(), indicators: computed }
      await ports.keepSnapshot(snapshot)
      const { unitId: _unitId, ...answer } = snapshot
      return { status: 201, body: answer }
    },
  }),
]
