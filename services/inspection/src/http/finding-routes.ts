import { requireRegion } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import { type Clock, chinaDateOf, yearOf } from '@dual-random/kernel'
import { z } from 'zod'
import type { Results, Tasks } from '../app/ports.ts'
import { problemFindingOf } from '../app/problem-finding.ts'
import { regionAndYear } from './schemas.ts'

const rate = z.object({ supervisionMode: z.string(), grade: z.string().optional(), checks: z.int(), found: z.int(), rate: z.string() })

/** Whether supervision by credit grade finds more (TGT-23). */
export const findingRoutes = (deps: { readonly tasks: Tasks; readonly results: Results; readonly clock: Clock }): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/checks/problem-finding',
    summary: '各监管方式、各信用风险等级的问题发现率 / checks that found a problem as a share of those completed, by mode and grade',
    roles: ['DISPATCHER', 'AUDITOR', 'EVALUATOR'],
    query: regionAndYear,
    responses: { 200: z.object({ rates: z.array(rate) }) },
    timeoutMs: 120_000,
    handler: async ({ principal, query }) => {
      const regionCode = query.regionCode ?? principal.regionCode
      requireRegion(principal, regionCode)
      const rates = await problemFindingOf(deps, regionCode, query.year ?? yearOf(chinaDateOf(deps.clock())))
      return { status: 200, body: { rates: [...rates] } }
    },
  }),
]
