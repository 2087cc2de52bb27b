import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { type DrawnListReaders, listDrawnSubjects, overseeDrawnList } from '../app/read-drawn-lists.ts'
import type { DrawnSubject } from '../domain/drawn-subject.ts'
import { cityQuery, listSchema, listView } from './public-list-routes.ts'

const readers = ['PUBLISHER', 'DISPATCHER', 'AUDITOR', 'EVALUATOR'] as const

const overseenListSchema = listSchema.extend({
  policy: z.object({ preset: z.string(), version: z.number(), digest: z.string() }),
  dueWorkingDays: z.number().optional(),
  counts: z.object({
    published: z.number(),
    pending: z.number(),
    withheld: z.number(),
    replaced: z.number(),
    overdue: z.number(),
  }),
})

const subjectSchema = z.object({
  subjectId: z.string(),
  drawId: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  status: z.enum(['pending', 'published', 'withheld', 'replaced']),
  reason: z.enum(['personal-data', 'no-channel']).optional(),
  objectCode: z.string(),
  objectName: z.string(),
  objectKind: z.string(),
  checkedBy: z.string().optional(),
  checkedOn: z.string().optional(),
  openedAt: z.string(),
  dueDate: z.string().optional(),
  provisional: z.boolean().optional(),
  overdue: z.boolean(),
  overdueSince: z.string().optional(),
  push: z.object({ channel: z.string(), attempts: z.number(), lastFailure: z.string().optional() }).optional(),
  publishedAt: z.string().optional(),
  onTime: z.boolean().optional(),
  channelReference: z.string().optional(),
  replaced: z.object({ redrawId: z.string(), at: z.string() }).optional(),
})

function subjectView(subject: DrawnSubject) {
  const { subjectId, drawId, regionCode, unitId, status, object, visit, openedAt, deadline, overdueSince } = subject
  const { objectCode, objectName, objectKind } = object
  return {
    subjectId,
    drawId,
    regionCode,
    unitId,
    status,
    objectCode,
    objectName,
    objectKind,
    ...(status === 'withheld' ? { reason: subject.reason } : {}),
    ...(visit === undefined ? {} : { checkedBy: visit.unitId, checkedOn: visit.checkedOn }),
    openedAt,
    ...(deadline === undefined ? {} : { dueDate: deadline.dueDate, provisional: deadline.provisional }),
    overdue: overdueSince !== undefined,
    overdueSince,
    ...('push' in subject
      ? { push: { channel: subject.push.channel, attempts: subject.push.attempts, lastFailure: subject.push.lastFailure } }
      : {}),
    ...('confirmed' in subject ? subject.confirmed : {}),
    ...('replaced' in subject ? { replaced: subject.replaced } : {}),
  }
}

const subjectsQuery = z.object({
  drawId: z.string().optional(),
  status: subjectSchema.shape.status.optional(),
  overdue: z
    .enum(['true', 'false'])
    .transform((text) => text === 'true')
    .optional(),
  ...pageQuery,
})

/** The lists as their organisers and overseers see them (DRW-27). */
export const drawnListRoutes = (dependencies: DrawnListReaders): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/drawn-lists/:drawId',
    summary: 'The list of a draw with its rules and how far it is',
    roles: readers,
    params: z.object({ drawId: z.string() }),
    query: cityQuery,
    responses: { 200: overseenListSchema },
    handler: async ({ principal, params, query }) => {
      const { list, counts } = await overseeDrawnList(dependencies, principal, params.drawId, query.regionCode)
      const { policy, workingDays } = list.rules
      return {
        status: 200,
        body: { ...listView(list), policy, ...(workingDays === undefined ? {} : { dueWorkingDays: workingDays }), counts },
      }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/drawn-subjects',
    summary: 'Drawn subjects that may be public, of the own unit’s lists, or of the region and below for overseers',
    roles: readers,
    query: subjectsQuery,
    responses: { 200: pageOf(subjectSchema) },
    handler: async ({ principal, query: { limit, after, ...query } }) => {
      const found = await listDrawnSubjects(dependencies, principal, query, { limit: limit + 1, after })
      const { items, next } = page(found, limit, ({ subjectId }) => subjectId)
      return { status: 200, body: { items: items.map(subjectView), next } }
    },
  }),
]
