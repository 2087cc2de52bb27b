import { requireRegion } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import { chinaDateOf, yearOf } from '@dual-random/kernel'
import { z } from 'zod'
import { overridesOf } from '../app/overrides.ts'
import type { Ports } from '../app/ports.ts'
import { override, overrideCount } from './override-answers.ts'
import { regionCode, year } from './schemas.ts'

/** Overrides of by-default rules in plans (POL-07), as registry answers for its lists. */
export const overrideRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/policy-overrides',
    summary: 'Overrides of by-default rules in the plans of a year, each with who, when, reason and legal basis, counted per rule and unit',
    roles: ['POLICY_ADMIN', 'AUDITOR', 'EVALUATOR'],
    query: z.object({ regionCode: regionCode.optional(), year: year.optional() }),
    responses: { 200: z.strictObject({ counts: z.array(overrideCount), overrides: z.array(override) }) },
    handler: async ({ principal, query }) => {
      const region = query.regionCode ?? principal.regionCode
      requireRegion(principal, region)
      const { counts, overrides } = await overridesOf(ports, region, query.year ?? yearOf(chinaDateOf(ports.clock())))
      return { status: 200, body: { counts: counts.map((each) => ({ ...each })), overrides: overrides.map((each) => ({ ...each })) } }
    },
  }),
]
