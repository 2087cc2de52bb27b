import { countedPageOf, pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { Ports } from '../app/ports.ts'
import { progressOf, progressReport } from '../app/progress-of.ts'
import { batchStatuses } from '../domain/progress.ts'
import { batchKey } from './line-keys.ts'
import { batchRow, planProgress, statusCounts } from './progress-answers.ts'
import { reportReaders } from './roles.ts'
import { id, planType, regionCode, unitId, year } from './schemas.ts'

/** How far plans are carried out (PLN-24). */
export const progressRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/plans/:planId/progress',
    summary: 'Planned, drawn, tasks, done and deadline of a published plan, per line and batch',
    roles: [...reportReaders, 'DRAW_ORGANISER', 'DISPATCHER'],
    params: z.object({ planId: id }),
    responses: { 200: planProgress },
    handler: async (caller) => ({ status: 200, body: { ...(await progressOf(ports, caller.params.planId, caller)) } }),
  }),
  route({
    method: 'GET',
    path: '/v1/progress',
    summary: 'Batches of the plans of a year by how far they have come: NOT_EXECUTED are planned and not carried out',
    roles: reportReaders,
    query: z.object({
      ...pageQuery,
      regionCode: regionCode.optional(),
      year,
      planType: planType.optional(),
      unitId: unitId.optional(),
      status: z.enum(batchStatuses).optional(),
    }),
    responses: { 200: countedPageOf(batchRow).extend({ counts: statusCounts }) },
    handler: async (caller) => {
      const { limit, after, ...asked } = caller.query
      const query = { ...asked, regionCode: asked.regionCode ?? caller.principal.regionCode }
      const { counts, rows } = await progressReport(ports, query, caller)
      return { status: 200, body: { counts, ...pageOfWhole(rows, { limit, after }, batchKey) } }
    },
  }),
]
