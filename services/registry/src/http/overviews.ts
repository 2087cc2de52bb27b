import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf } from '@dual-random/kernel'
import { z } from 'zod'
import { businessLinesOf } from '../app/business-lines.ts'
import { memberPools } from '../app/member-pools.ts'
import { poolsOf } from '../app/pool-overview.ts'
import type { Registry } from '../app/registry.ts'
import { anyoneSignedIn, regionOf } from './access.ts'
import { record, regionCode } from './schemas.ts'

const inRegion = z.object({ regionCode: regionCode.optional() })

export function overviewRoutes(registry: Registry): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/units',
      summary: 'Units of a region and below',
      roles: anyoneSignedIn,
      query: inRegion,
      responses: { 200: z.object({ units: z.array(record) }) },
      handler: async ({ principal, query }) => ({
        status: 200,
        body: { units: await registry.units.inRegion(regionOf(principal, query.regionCode)) },
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/pools',
      summary: 'Owner, version, last update and completeness of every pool',
      roles: anyoneSignedIn,
      query: inRegion,
      responses: { 200: z.object({ pools: z.array(record) }) },
      handler: async ({ principal, query }) => ({
        status: 200,
        body: { pools: await poolsOf(registry, regionOf(principal, query.regionCode)) },
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/pools/members',
      summary: 'Object pools of the member units: size, tag coverage, last update, freshness of the source',
      roles: ['JOINT_COORDINATOR', 'AUDITOR', 'EVALUATOR'],
      query: inRegion.extend(pageQuery),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, query: { regionCode: asked, limit, after } }) => {
        const pools = await memberPools(registry, regionOf(principal, asked), { limit: limit + 1, after })
        return { status: 200, body: page(pools, limit, ({ unitId }) => unitId) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/business-lines',
      summary: 'List, pools and guideline of each business line, and what is missing',
      roles: anyoneSignedIn,
      query: inRegion,
      responses: { 200: z.object({ businessLines: z.array(record) }) },
      handler: async ({ principal, query }) => ({
        status: 200,
        body: { businessLines: await businessLinesOf(registry, regionOf(principal, query.regionCode), chinaDateOf(registry.clock())) },
      }),
    }),
  ]
}
