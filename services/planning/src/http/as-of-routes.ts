import { type Route, route } from '@dual-random/http'
import { chinaDateOf } from '@dual-random/kernel'
import { z } from 'zod'
import { lineOnDayOf } from '../app/plan-on-day.ts'
import type { Ports } from '../app/ports.ts'
import { type Plan, type PlanLine, planState } from '../domain/plan.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'
import { lineOnDay } from './plan-answers.ts'
import { publishedLineView } from './plan-view.ts'
import { planReaders } from './roles.ts'
import { id, lineId, localDate } from './schemas.ts'
import { undrawnLineView } from './undrawn-view.ts'

const viewOf = (plan: Plan, line: PlanLine | UndrawnLine) => ('batches' in line ? publishedLineView(plan, line) : undrawnLineView(line))

/** What held for a line on a day (ACC-02). */
export const asOfRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/plans/:planId/lines/:lineId',
    summary: 'Version, windows and due dates that held for a line on a day, today by default',
    roles: planReaders,
    params: z.object({ planId: id, lineId }),
    query: z.object({ asOf: localDate.optional() }),
    responses: { 200: lineOnDay },
    handler: async (caller) => {
      const { planId, lineId: line } = caller.params
      const asOf = caller.query.asOf ?? chinaDateOf(ports.clock())
      const { plan, standing, planDue } = await lineOnDayOf(ports, planId, line, asOf, caller)
      const shown = standing.status === 'IN_FORCE' ? { ...standing, line: viewOf(plan, standing.line) } : standing
      return {
        status: 200,
        body: { planId, lineId: line, asOf, planState: planState(plan), ...(planDue === undefined ? {} : { planDue }), ...shown },
      }
    },
  }),
]
