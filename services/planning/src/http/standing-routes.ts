import { countedPageOf, pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { internalPlansOf, matterPlansOf } from '../app/plan-standings.ts'
import type { Ports } from '../app/ports.ts'
import { lackingOf } from '../domain/internal-plans.ts'
import { reportReaders } from './roles.ts'
import { countingTimeoutMs, regionCode, year } from './schemas.ts'
import { internalItemsOfNobody, internalPlan, lackingCounts, matterPlan } from './standing-answers.ts'
import { withFirst } from './with-first.ts'

const ofYear = { regionCode: regionCode.optional(), year }

/** What the coordinator of a region sees to: whose plan is missing, not filed or not carried out. */
export const standingRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/internal-plans',
    summary: 'Which departments have not made, filed or executed their internal plan',
    roles: reportReaders,
    query: z.object({ ...pageQuery, ...ofYear }),
    responses: { 200: countedPageOf(internalPlan).extend({ lacking: lackingCounts, ofNobody: internalItemsOfNobody.optional() }) },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => {
      const { limit, after, year: of } = caller.query
      const region = caller.query.regionCode ?? caller.principal.regionCode
      const { standings, ofNobody } = await internalPlansOf(ports, region, of, caller)
      const nobodys = ofNobody.map(({ item: { code, name, checkingBody }, reason }) => ({ code, name, checkingBody, reason }))
      const page = pageOfWhole(standings, { limit, after }, ({ unitId }) => unitId)
      return { status: 200, body: { lacking: lackingOf(standings), ...withFirst({ after }, { ofNobody: nobodys }), ...page } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/matter-plans',
    summary: 'Annual plans of the integrated supervision matters that market regulators lead',
    roles: reportReaders,
    query: z.object({ ...pageQuery, ...ofYear }),
    responses: { 200: countedPageOf(matterPlan).strict() },
    handler: async (caller) => {
      const region = caller.query.regionCode ?? caller.principal.regionCode
      const plans = await matterPlansOf(ports, region, caller.query.year, caller)
      return { status: 200, body: { ...pageOfWhole(plans, caller.query, ({ matter }) => matter) } }
    },
  }),
]
