import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { type ConsideredPlan, considered } from '../app/consider-plan.ts'
import { feasibilityOf } from '../app/feasibility.ts'
import type { Caller, Ports } from '../app/ports.ts'
import { coverageOf, sharesOf } from '../app/reports.ts'
import { feasibilityView } from './feasibility-view.ts'
import { feasibility } from './figures-answers.ts'
import { filingListRoute } from './filing-list-route.ts'
import { jointIntegrationRoute } from './joint-integration-route.ts'
import { pagedReports } from './paged-reports.ts'
import * as answers from './report-answers.ts'
import { coverageView, sharesView } from './report-view.ts'
import { reportReaders } from './roles.ts'
import { countingTimeoutMs, id, regionCode, year } from './schemas.ts'
import { whatIfRoute } from './what-if-route.ts'

type Report = (considered: ConsideredPlan, caller: Caller) => unknown

const ofPlan = (ports: Ports, name: string, summary: string, answer: z.ZodType, report: Report): Route =>
  route({
    method: 'GET',
    path: `/v1/plans/:planId/${name}`,
    summary,
    roles: reportReaders,
    params: z.object({ planId: id }),
    responses: { 200: answer },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => ({ status: 200, body: await report(await considered(ports, caller.params.planId, caller), caller) }),
  })

const ofYear = z.object({ regionCode: regionCode.optional(), year })

/** Reports on plans, all thin and computed when asked. */
export const reportRoutes = (ports: Ports): readonly Route[] => [
  ofPlan(ports, 'feasibility', 'Coverage against the yearly floor, and what would close the gap', feasibility, async (plan, caller) =>
    feasibilityView(await feasibilityOf(ports, plan, caller)),
  ),
  ofPlan(ports, 'coverage', 'Items of the lists in force that no plan covers', answers.coverage, (plan) => coverageView(coverageOf(plan))),
  ...pagedReports(ports),
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
