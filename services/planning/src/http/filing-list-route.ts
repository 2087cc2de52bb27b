import { countedPageOf, pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { filingReport } from '../app/filings.ts'
import type { Ports } from '../app/ports.ts'
import { type FilingRow, filingStatusNames } from '../domain/filing-status.ts'
import { levels } from './answers.ts'
import { filingCounts, filingRow } from './filing-answers.ts'
import { reportReaders } from './roles.ts'
import { planType, regionCode, unitId, year } from './schemas.ts'

/** Who has filed with whom, level by level (PLN-04, PLN-06). */
export const filingListRoute = (ports: Ports): Route =>
  route({
    method: 'GET',
    path: '/v1/filings',
    summary: 'Who of a region and all below it has filed the plan of a year, who is late, who is overdue',
    roles: reportReaders,
    query: z.object({
      ...pageQuery,
      regionCode: regionCode.optional(),
      year,
      level: levels.optional(),
      planType: planType.optional(),
      unitId: unitId.optional(),
      filesTo: regionCode.optional(),
      status: z.enum(filingStatusNames).optional(),
    }),
    responses: { 200: countedPageOf(filingRow).extend({ counts: filingCounts }) },
    handler: async (caller) => {
      const { limit, after, ...asked } = caller.query
      const query = { ...asked, regionCode: asked.regionCode ?? caller.principal.regionCode }
      const { counts, rows } = await filingReport(ports, query, caller)
      return { status: 200, body: { counts, ...pageOfWhole(rows, { limit, after }, keyOf) } }
    },
  })

const keyOf = (row: FilingRow): string => [row.regionCode, row.unitId ?? '', row.planType].join('/')
