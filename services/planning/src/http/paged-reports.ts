import { pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { type ConsideredPlan, considered } from '../app/consider-plan.ts'
import { mostPairs, overlapsOf } from '../app/overlaps.ts'
import type { Ports } from '../app/ports.ts'
import { jointInsteadOf, repeatsOf } from '../app/proposals.ts'
import { notPlannedOf } from '../app/reports.ts'
import { pairKey } from './line-keys.ts'
import { jointInsteadPage, notPlannedPage, overlapPage, repeatsPage } from './report-answers.ts'
import { jointInsteadView, overlapView, repeatsView } from './report-view.ts'
import { reportReaders } from './roles.ts'
import { countingTimeoutMs, id } from './schemas.ts'

/** Each page is counted anew, over the whole pool: whoever wants all of a report has it in one. */
const pages = z.object({ ...pageQuery, limit: z.coerce.number().int().min(1).max(mostPairs).default(500) })

type Pages = z.output<typeof pages>

const ofPlan = (
  ports: Ports,
  name: string,
  summary: string,
  answer: z.ZodType,
  report: (considered: ConsideredPlan, pages: Pages) => Promise<object>,
): Route =>
  route({
    method: 'GET',
    path: `/v1/plans/:planId/${name}`,
    summary,
    roles: reportReaders,
    params: z.object({ planId: id }),
    query: pages,
    responses: { 200: answer },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => ({
      status: 200,
      body: await report(await considered(ports, caller.params.planId, caller), caller.query),
    }),
  })

/** What is not cut into pages comes with the first. */
const withFirst = <T extends object>({ after }: Pages, rest: T): Partial<T> => (after === undefined ? rest : {})

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
]
