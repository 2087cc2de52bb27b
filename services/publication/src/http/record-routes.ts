import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { parseLocalDate } from '@dual-random/kernel'
import { z } from 'zod'
import type { Publications } from '../app/ports.ts'
import { listRecords, readRecord } from '../app/read-records.ts'
import { type RecordViewer, recordSchema, recordView } from './record-view.ts'

const readers = ['PUBLISHER', 'DISPATCHER', 'AUDITOR', 'EVALUATOR'] as const

const date = z.string().transform((text, context) => {
  const parsed = parseLocalDate(text)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'YYYY-MM-DD' })
  return z.NEVER
})

const recordsQuery = z.object({
  unitId: z.string().optional(),
  status: recordSchema.shape.status.optional(),
  overdue: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  dueBefore: date.optional(),
  taskId: z.string().optional(),
  ...pageQuery,
})

export const recordRoutes = (publications: Publications, viewer: RecordViewer): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/publications',
    summary: 'Publication records of the own unit, or of the region and below for overseers',
    roles: readers,
    query: recordsQuery,
    responses: { 200: pageOf(recordSchema) },
    handler: async ({ principal, query: { limit, after, ...query }, language }) => {
      const found = await listRecords(publications, principal, query, { limit: limit + 1, after })
      const { items, next } = page(found, limit, ({ publicationId }) => publicationId)
      return { status: 200, body: { items: items.map((each) => recordView(viewer, each, language)), next } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/publications/:publicationId',
    summary: 'One publication record',
    roles: readers,
    params: z.object({ publicationId: z.string() }),
    responses: { 200: recordSchema },
    handler: async ({ principal, params, language }) => ({
      status: 200,
      body: recordView(viewer, await readRecord(publications, principal, params.publicationId), language),
    }),
  }),
]
