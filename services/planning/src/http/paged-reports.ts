import { numbered, pageOfWhole, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { type ConsideredPlan, considered } from '../app/consider-plan.ts'
import { overlapsOf } from '../app/overlaps.ts'
import type { Caller, Ports } from '../app/ports.ts'
import { jointInsteadOf, repeatsOf, workloadOf } from '../app/proposals.ts'
import { reEvaluatePlan } from '../app/re-evaluate-plan.ts'
import { notPlannedOf } from '../app/reports.ts'
import { visitsOf } from '../app/visits.ts'
import type { StationLoad } from '../domain/workload.ts'
import { countedAnew } from './counted-pages.ts'
import { lineKey, pairKey } from './line-keys.ts'
import { reEvaluationView } from './re-evaluation-view.ts'
import { jointInsteadPage, notPlannedPage, overlapPage, reEvaluationPage, repeatsPage, visitsPage, workloadPage } from './report-answers.ts'
import { jointInsteadView, overlapView, repeatsView } from './report-view.ts'
import { reportReaders } from './roles.ts'
import { countingTimeoutMs, id } from './schemas.ts'
import { withFirst } from './with-first.ts'

const inPlan = z.object({ planId: id })

type Pages = z.output<typeof countedAnew>

const ofPlan = (
  ports: Ports,
  name: string,
  summary: string,
  answer: z.ZodType,
  report: (considered: ConsideredPlan, pages: Pages, caller: Caller) => Promise<object>,
): Route =>
  route({
    method: 'GET',
    path: `/v1/plans/:planId/${name}`,
    summary,
    roles: reportReaders,
    params: inPlan,
    query: countedAnew,
    responses: { 200: answer },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => ({
      status: 200,
      body: await report(await considered(ports, caller.params.planId, caller), caller.query, caller),
    }),
  })

/** The most first. */
const descending = (most: number): string => String(1e12 - most).padStart(13, '0')

const reEvaluation = (ports: Ports): Route =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId/re-evaluation',
    summary: 'Lines whose credit grades changed after planning',
    roles: reportReaders,
    params: inPlan,
    query: countedAnew,
    responses: { 200: reEvaluationPage },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => {
      const { planId } = caller.params
      const { lines, ...head } = reEvaluationView(await reEvaluatePlan(ports, planId, caller))
      return { status: 200, body: { ...head, ...pageOfWhole(lines, caller.query, ({ lineId }) => lineKey({ planId, lineId })) } }
    },
  })

/** Reports on a plan that are as long as its region has lines or units. */
export const pagedReports = (ports: Ports): readonly Route[] => [
  ofPlan(ports, 'overlaps', 'Lines that meet in days and objects', overlapPage, async (plan, asked) => {
    const { overlaps, proposals, notCompared } = overlapView(await overlapsOf(plan))
    return { ...pageOfWhole(overlaps, asked, ({ lines: [a, b] }) => pairKey(a, b)), ...withFirst(asked, { proposals }), notCompared }
  }),
  ofPlan(ports, 'not-planned', 'Items not planned this year, per level and unit', notPlannedPage, async (plan, asked) => {
    const { timesAsked, units, levels, ofNobody } = notPlannedOf(plan)
    return { timesAsked, ...withFirst(asked, { levels, ofNobody }), ...pageOfWhole(units, asked, ({ unitId }) => unitId) }
  }),
  ofPlan(ports, 'joint-instead', 'Single-department lines that a joint plan has too', jointInsteadPage, async (plan, asked) => {
    const { proposals, notCompared } = jointInsteadView(await jointInsteadOf(plan))
    return { ...pageOfWhole(proposals, asked, ({ single, joint }) => pairKey(single, joint)), notCompared }
  }),
  ofPlan(ports, 'repeats', 'What would be drawn again although policy bars it', repeatsPage, async (plan, asked) => {
    const { conflicts, ...rest } = repeatsView(await repeatsOf(plan))
    return { ...pageOfWhole(conflicts, asked, ({ earlier, later }) => pairKey(earlier, later)), ...rest }
  }),
  ofPlan(ports, 'visits', 'Expected visits and items per visit', visitsPage, async (plan, asked) => {
    const { windows, sure, ...most } = await visitsOf(ports, plan)
    const { items, ...page } = pageOfWhole(
      numbered(windows, ({ mergeWindowId }) => mergeWindowId),
      asked,
      ({ key }) => key,
    )
    return { ...most, ...withFirst(asked, { sure }), items: items.map(({ item }) => item), ...page }
  }),
  ofPlan(ports, 'workload', 'Expected visits per office and station against its inspectors', workloadPage, async (plan, asked, caller) => {
    const { stations, understaffed } = await workloadOf(ports, plan, caller)
    const key = ({ each = 0, homeUnitId, unitId }: StationLoad) => `${descending(each)}/${homeUnitId}/${unitId}`
    return { ...pageOfWhole(stations, asked, key), ...withFirst(asked, { understaffed }) }
  }),
  reEvaluation(ports),
]
