import { requireRegion } from '@dual-random/auth'
import { numbered, pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf, yearOf } from '@dual-random/kernel'
import { z } from 'zod'
import { overridesOf } from '../app/overrides.ts'
import type { Ports } from '../app/ports.ts'
import { count, text } from './answers.ts'
import { lineKey } from './line-keys.ts'
import { override, overrideCount } from './override-answers.ts'
import { regionCode, year } from './schemas.ts'

/** Overrides of by-default rules in plans (POL-07), as registry answers for its lists. */
export const overrideRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/policy-overrides',
    summary: 'Overrides of by-default rules in the plans of a year, each with who, when, reason and legal basis, counted per rule and unit',
    roles: ['POLICY_ADMIN', 'AUDITOR', 'EVALUATOR'],
    query: z.object({ ...pageQuery, regionCode: regionCode.optional(), year: year.optional() }),
    responses: {
      200: z.strictObject({ counts: z.array(overrideCount), overrides: z.array(override), next: text.optional(), total: count }),
    },
    handler: async ({ principal, query }) => {
      const region = query.regionCode ?? principal.regionCode
      requireRegion(principal, region)
      const { counts, overrides } = await overridesOf(ports, region, query.year ?? yearOf(chinaDateOf(ports.clock())))
      // A line may depart from one rule more than once: its reasons stand in the order in which it has them.
      const { items, ...page } = pageOfWhole(numbered(overrides, lineKey), query, ({ key }) => key)
      return { status: 200, body: { counts, overrides: items.map(({ item }) => item), ...page } }
    },
  }),
]
