import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { overlapsOf } from '../app/overlaps.ts'
import type { Caller, Ports } from '../app/ports.ts'
import { reEvaluatePlan } from '../app/re-evaluate-plan.ts'
import { coverageOf, feasibilityOf, filingsOf, sharesOf, visitsOf } from '../app/reports.ts'
import { reEvaluationView } from './re-evaluation-view.ts'
import { overlapView, sharesView } from './report-view.ts'
import { reportReaders } from './roles.ts'
import { id, record, regionCode, year } from './schemas.ts'

/** Registry counts a pool for each line, for overlaps for pairs of lines. */
const countingTimeoutMs = 120_000

const ofPlan = (name: string, summary: string, report: (planId: string, caller: Caller) => Promise<unknown>): Route =>
  route({
    method: 'GET',
    path: `/v1/plans/:planId/${name}`,
    summary,
    roles: reportReaders,
    params: z.object({ planId: id }),
    responses: { 200: record },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => ({ status: 200, body: await report(caller.params.planId, caller) }),
  })

const ofYear = z.object({ regionCode: regionCode.optional(), year })

/** Reports on plans, all thin and computed when asked. */
export const reportRoutes = (ports: Ports): readonly Route[] => [
  ofPlan('feasibility', 'Lowest and highest coverage against the yearly floor', (planId, caller) => feasibilityOf(ports, planId, caller)),
  ofPlan('overlaps', 'Lines that meet in days and objects', async (planId, caller) => overlapView(await overlapsOf(ports, planId, caller))),
  ofPlan('coverage', 'Items of the lists in force that no plan covers', async (planId, caller) => ({
    levels: await coverageOf(ports, planId, caller),
  })),
  ofPlan('re-evaluation', 'Lines whose credit grades changed after planning', async (planId, caller) =>
    reEvaluationView(await reEvaluatePlan(ports, planId, caller)),
  ),
  ofPlan('visits', 'Expected visits and items per visit', (planId, caller) => visitsOf(ports, planId, caller)),
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
