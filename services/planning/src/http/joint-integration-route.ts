import { pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { formatPercent } from '@dual-random/kernel'
import { z } from 'zod'
import { jointIntegrationOf, type RegionIntegration } from '../app/joint-integration.ts'
import type { Ports } from '../app/ports.ts'
import { lineKey } from './line-keys.ts'
import { jointIntegrationPage } from './report-answers.ts'
import { lineOf } from './report-view.ts'
import { reportReaders } from './roles.ts'
import { regionCode, year } from './schemas.ts'
import { withFirst } from './with-first.ts'

/** What the coordinator makes one joint plan of (PLN-21). */
export const jointIntegrationRoute = (ports: Ports): Route =>
  route({
    method: 'GET',
    path: '/v1/joint-integration',
    summary: 'Repeated items of the initiators’ joint plans, as lines of one joint plan',
    roles: reportReaders,
    query: z.object({ ...pageQuery, regionCode: regionCode.optional(), year }),
    responses: { 200: jointIntegrationPage },
    handler: async (caller) => {
      const { query: asked, principal } = caller
      const { level, integrated, ...whole } = view(
        await jointIntegrationOf(ports, asked.regionCode ?? principal.regionCode, asked.year, caller),
      )
      const page = pageOfWhole(integrated, asked, ({ members }) => members.map(lineKey).toSorted()[0] ?? '')
      return { status: 200, body: { level, ...page, ...withFirst(asked, whole) } }
    },
  })

const view = ({ level, plans, ownPlans, repeated, integrated }: RegionIntegration) => ({
  level,
  plans: plans.map(({ planId, unitId }) => ({ planId, unitId })),
  ownPlans: ownPlans.map(({ planId, unitId, regionCode: of }) => ({ planId, unitId, regionCode: of })),
  repeated: repeated.map(({ lines, ...rest }) => ({ ...rest, lines: lines.map(lineOf) })),
  integrated: integrated.map(({ members, line, ...rest }) => ({
    ...rest,
    members: members.map(lineOf),
    line: {
      ...line,
      ...(line.ratios === undefined ? {} : { ratios: line.ratios.map(({ stratum, ratio }) => ({ stratum, ratio: formatPercent(ratio) })) }),
    },
  })),
})
