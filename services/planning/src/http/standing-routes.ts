import { type Route, route } from '@dual-random/http'
import type { RegionCode } from '@dual-random/kernel'
import { z } from 'zod'
import { internalPlansOf, matterPlansOf } from '../app/plan-standings.ts'
import type { Caller, Ports } from '../app/ports.ts'
import { reportReaders } from './roles.ts'
import { regionCode, year } from './schemas.ts'
import { internalPlan, matterPlan } from './standing-answers.ts'

const ofYear = (
  path: string,
  summary: string,
  answer: z.ZodType,
  report: (regionCode: RegionCode, year: number, caller: Caller) => Promise<readonly object[]>,
): Route =>
  route({
    method: 'GET',
    path,
    summary,
    roles: reportReaders,
    query: z.object({ regionCode: regionCode.optional(), year }),
    responses: { 200: z.strictObject({ items: z.array(answer) }) },
    handler: async (caller) => {
      const region = caller.query.regionCode ?? caller.principal.regionCode
      return { status: 200, body: { items: await report(region, caller.query.year, caller) } }
    },
  })

/** What the coordinator of a region sees to: whose plan is missing, not filed or not carried out. */
export const standingRoutes = (ports: Ports): readonly Route[] => [
  ofYear(
    '/v1/internal-plans',
    'Which departments have not made, filed or executed their internal plan',
    internalPlan,
    (region, of, caller) => internalPlansOf(ports, region, of, caller),
  ),
  ofYear(
    '/v1/matter-plans',
    'Annual plans of the integrated supervision matters that market regulators lead',
    matterPlan,
    (region, of, caller) => matterPlansOf(ports, region, of, caller),
  ),
]
