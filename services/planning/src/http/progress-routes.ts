import { page, pageOf, pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { Ports } from '../app/ports.ts'
import { progressOf } from '../app/progress-of.ts'
import { type ProgressRow, progressReport, progressStatuses } from '../app/progress-report.ts'
import { count } from './answers.ts'
import { countedAnew } from './counted-pages.ts'
import { batchKey, lineKey } from './line-keys.ts'
import { planProgress, progressRow, statusCounts } from './progress-answers.ts'
import { reportReaders } from './roles.ts'
import { countingTimeoutMs, id, planType, regionCode, unitId, year } from './schemas.ts'
import { withFirst } from './with-first.ts'

/** What `batchKey` makes. */
const batchCursor = z
  .string()
  .max(500)
  .regex(/^[^/]+\/[^/]{8,}\/\d{3,}$/, '不是批次列表的位置')

/** A line without a draw stands where its first batch would. */
const rowKey = (row: ProgressRow): string => batchKey({ number: 0, ...row })

const planOf = (cursor: string): string => cursor.slice(0, cursor.indexOf('/'))

/** How far plans are carried out (PLN-24). */
export const progressRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/plans/:planId/progress',
    summary: 'Planned, drawn, tasks, done and deadline of a published plan, per line and batch; tasks and done of its lines without a draw',
    roles: [...reportReaders, 'DRAW_ORGANISER', 'DISPATCHER'],
    params: z.object({ planId: id }),
    query: countedAnew,
    responses: { 200: planProgress },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => {
      const { planId } = caller.params
      const { lines, undrawn, ...head } = await progressOf(ports, planId, caller)
      const ofLines = pageOfWhole(lines, caller.query, ({ lineId }) => lineKey({ planId, lineId }))
      return { status: 200, body: { ...head, ...withFirst(caller.query, { undrawn }), ...ofLines } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/progress',
    summary:
      'Batches and lines without a draw of the plans of a year by how far they have come: NOT_EXECUTED are planned and not carried out',
    roles: reportReaders,
    query: z.object({
      ...pageQuery,
      after: batchCursor.optional(),
      regionCode: regionCode.optional(),
      year,
      planType: planType.optional(),
      unitId: unitId.optional(),
      status: z.enum(progressStatuses).optional(),
    }),
    responses: { 200: pageOf(progressRow).extend({ counts: statusCounts.optional(), total: count.optional() }).strict() },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => {
      const { limit, after, ...asked } = caller.query
      const query = { ...asked, regionCode: asked.regionCode ?? caller.principal.regionCode }
      const place = after === undefined ? undefined : { planId: planOf(after), isBehind: (row: ProgressRow) => rowKey(row) > after }
      const { rows, whole } = await progressReport(ports, query, { limit, after: place }, caller)
      return { status: 200, body: { ...whole, ...page(rows, limit, rowKey) } }
    },
  }),
]
