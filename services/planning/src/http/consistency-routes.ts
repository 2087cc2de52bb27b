import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { consistencyReportsOf } from '../app/consistency-reports.ts'
import type { Ports } from '../app/ports.ts'
import { consistencyReport } from './consistency-answers.ts'
import { reportReaders } from './roles.ts'
import { localDate, regionCode } from './schemas.ts'

/** Daily reports of plan against tasks (DQ-03). */
export const consistencyRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/consistency-reports',
    summary: 'Daily reports of plan against tasks, newest first',
    roles: reportReaders,
    query: z.object({ ...pageQuery, regionCode: regionCode.optional(), date: localDate.optional() }),
    responses: { 200: pageOf(consistencyReport) },
    handler: async (caller) => {
      const { limit, after, date } = caller.query
      const region = caller.query.regionCode ?? caller.principal.regionCode
      const found = await consistencyReportsOf(ports, region, date, { limit: limit + 1, after }, caller)
      return { status: 200, body: page(found, limit, ({ reportId }) => reportId) }
    },
  }),
]
