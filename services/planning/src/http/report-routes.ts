import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { type ConsideredPlan, considered } from '../app/consider-plan.ts'
import { feasibilityOf } from '../app/feasibility.ts'
import { overlapsOf } from '../app/overlaps.ts'
import type { Caller, Ports } from '../app/ports.ts'
import { jointInsteadOf, repeatsOf, workloadOf } from '../app/proposals.ts'
import { reEvaluatePlan } from '../app/re-evaluate-plan.ts'
import { coverageOf, filingsOf, notPlannedOf, sharesOf } from '../app/reports.ts'
import { visitsOf } from '../app/visits.ts'
import { feasibilityView } from './feasibility-view.ts'
import { reEvaluationView } from './re-evaluation-view.ts'
import { coverageView, jointInsteadView, overlapView, repeatsView, sharesView } from './report-view.ts'
import { reportReaders } from './roles.ts'
import { countingTimeoutMs, id, record, regionCode, year } from './schemas.ts'
import { whatIfRoute } from './what-if-route.ts'

type Report = (considered: ConsideredPlan, caller: Caller) => unknown

const ofPlan = (ports: Ports, name: string, summary: string, report: Report): Route =>
  route({
    method: 'GET',
    path: `/v1/plans/:planId/${name}`,
    summary,
    roles: reportReaders,
    params: z.object({ planId: id }),
    responses: { 200: record },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => ({ status: 200, body: await report(await considered(ports, caller.params.planId, caller), caller) }),
  })

const ofYear = z.object({ regionCode: regionCode.optional(), year })

/** Reports on plans, all thin and computed when asked. */
export const reportRoutes = (ports: Ports): readonly Route[] => [
  ofPlan(ports, 'feasibility', 'Coverage against the yearly floor, and what would close the gap', async (plan, caller) =>
    feasibilityView(await feasibilityOf(ports, plan, caller)),
  ),
  ofPlan(ports, 'overlaps', 'Lines that meet in days and objects', async (plan) => overlapView(await overlapsOf(plan))),
  ofPlan(ports, 'coverage', 'Items of the lists in force that no plan covers', (plan) => coverageView(coverageOf(plan))),
  ofPlan(ports, 'not-planned', 'Items not planned this year, per level and unit', notPlannedOf),
  ofPlan(ports, 'visits', 'Expected visits and items per visit', (plan) => visitsOf(ports, plan)),
  ofPlan(ports, 'joint-instead', 'Single-department lines that a joint plan has too', async (plan) =>
    jointInsteadView(await jointInsteadOf(plan)),
  ),
  ofPlan(ports, 'repeats', 'What would be drawn again although policy bars it', async (plan) => repeatsView(await repeatsOf(plan))),
  ofPlan(ports, 'workload', 'Expected visits per office and station against its inspectors', (plan, caller) =>
    workloadOf(ports, plan, caller),
  ),
  whatIfRoute(ports),
  route({
    method: 'GET',
    path: '/v1/plans/:planId/re-evaluation',
    summary: 'Lines whose credit grades changed after planning',
    roles: reportReaders,
    params: z.object({ planId: id }),
    responses: { 200: record },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => ({ status: 200, body: reEvaluationView(await reEvaluatePlan(ports, caller.params.planId, caller)) }),
  }),
  route({
    method: 'GET',
    path: '/v1/shares',
    summary: 'Joint shares of tasks and objects, this year and the year before',
    roles: reportReaders,
    query: ofYear,
    responses: { 200: record },
    handler: async (caller) => {
      const region = caller.query.regionCode ?? caller.principal.regionCode
      const { current, previous } = await sharesOf(ports, region, caller.query.year, caller)
      return { status: 200, body: { regionCode: region, year: caller.query.year, ...sharesView(current), previous: sharesView(previous) } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/filings',
    summary: 'Who has filed the plan of a year, who is late, who is overdue',
    roles: reportReaders,
    query: ofYear,
    responses: { 200: record },
    handler: async (caller) => {
      const region = caller.query.regionCode ?? caller.principal.regionCode
      return { status: 200, body: { items: await filingsOf(ports, region, caller.query.year, caller) } }
    },
  }),
]
