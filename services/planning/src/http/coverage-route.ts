import { pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { coverageOfRegion } from '../app/coverage.ts'
import type { Ports } from '../app/ports.ts'
import { coveragePage } from './report-answers.ts'
import { coverageView } from './report-view.ts'
import { reportReaders } from './roles.ts'
import { regionCode, year } from './schemas.ts'
import { withFirst } from './with-first.ts'

/** Whether three levels cover the lists in force (PLN-12), those of them too that have no plan. */
export const coverageRoute = (ports: Ports): Route =>
  route({
    method: 'GET',
    path: '/v1/coverage',
    summary: 'Items of the lists in force that are not covered, per level and region',
    roles: reportReaders,
    query: z.object({ ...pageQuery, regionCode: regionCode.optional(), year }),
    responses: { 200: coveragePage },
    handler: async (caller) => {
      const { query: asked, principal } = caller
      const region = asked.regionCode ?? principal.regionCode
      const { levels, regions } = coverageView(await coverageOfRegion(ports, region, asked.year, caller))
      const page = pageOfWhole(regions, asked, ({ regionCode: of }) => of)
      return { status: 200, body: { regionCode: region, year: asked.year, ...withFirst(asked, { levels }), ...page } }
    },
  })
