import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { considered } from '../app/consider-plan.ts'
import { feasibilityOf } from '../app/feasibility.ts'
import type { Ports } from '../app/ports.ts'
import { sharesOf } from '../app/reports.ts'
import { coverageRoute } from './coverage-route.ts'
import { feasibilityView } from './feasibility-view.ts'
import { feasibility } from './figures-answers.ts'
import { filingListRoute } from './filing-list-route.ts'
import { jointIntegrationRoute } from './joint-integration-route.ts'
import { movedObjectsRoute } from './moved-objects-route.ts'
import { pagedReports } from './paged-reports.ts'
import * as answers from './report-answers.ts'
import { sharesView } from './report-view.ts'
import { reportReaders } from './roles.ts'
import { countingTimeoutMs, id, regionCode, year } from './schemas.ts'
import { whatIfRoute } from './what-if-route.ts'

const ofYear = z.object({ regionCode: regionCode.optional(), year })

/** Reports on plans, all thin and computed when asked. */
export const reportRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/plans/:planId/feasibility',
    summary:
      'Coverage against the yearly floor, and what would close the gap; in one piece, since its lines add up to its figures and a proposal weighs all of them',
    roles: reportReaders,
    params: z.object({ planId: id }),
    responses: { 200: feasibility },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => ({
      status: 200,
      body: feasibilityView(await feasibilityOf(ports, await considered(ports, caller.params.planId, caller), caller)),
    }),
  }),
  coverageRoute(ports),
  ...pagedReports(ports),
  movedObjectsRoute(ports),
  whatIfRoute(ports),
  jointIntegrationRoute(ports),
  route({
    method: 'GET',
    path: '/v1/shares',
    summary: 'Joint shares of tasks and objects, this year and the year before',
    roles: reportReaders,
    query: ofYear,
    responses: { 200: answers.sharesOfYear },
    handler: async (caller) => {
      const region = caller.query.regionCode ?? caller.principal.regionCode
      const { current, previous } = await sharesOf(ports, region, caller.query.year, caller)
      return { status: 200, body: { regionCode: region, year: caller.query.year, ...sharesView(current), previous: sharesView(previous) } }
    },
  }),
  filingListRoute(ports),
]
