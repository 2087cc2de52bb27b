import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { type DrawnListReaders, readDrawnList } from '../app/read-drawn-lists.ts'
import { type DrawnList, listIdOf } from '../domain/drawn-list.ts'
import { isPublicSubject, type PublicDrawnSubject, publicSubject } from '../domain/drawn-subject.ts'
import { regionCode } from './region-code.ts'

export const listSchema = z.object({
  drawId: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  /** On the list of another city than the one whose draw it is (DRW-26). */
  organiserRegionCode: z.string().optional(),
  planId: z.string().optional(),
  lineId: z.string().optional(),
  /** Of a targeted draw on clues, in the place of plan and line (DRW-25). */
  clueTask: z.object({ taskId: z.string(), clueIds: z.array(z.string()) }).optional(),
  taskName: z.string(),
  batch: z.number(),
  drawn: z.number(),
  matchedAt: z.string(),
  timing: z.enum(['BEFORE_VISIT', 'AFTER_VISIT']),
  parentDrawId: z.string().optional(),
})

export const listView = ({ rules, ...list }: DrawnList) => ({ ...list, timing: rules.timing })

const subjectSchema = z.object({
  subjectId: z.string(),
  drawId: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  taskName: z.string(),
  objectCode: z.string(),
  objectName: z.string(),
  objectKind: z.string(),
  checkedBy: z.string().optional(),
  checkedOn: z.string().optional(),
  replacedOn: z.string().optional(),
  publishedAt: z.string(),
  channel: z.string(),
})

function subjectView(subject: PublicDrawnSubject) {
  const { publicationId, ...told } = publicSubject(subject)
  return { subjectId: publicationId, ...told, publishedAt: subject.confirmed.publishedAt }
}

const params = z.object({ drawId: z.string() })

/** Of which city, where several drew together; the organiser's without it. */
export const cityQuery = z.object({ regionCode: regionCode.optional() })

/** The lists of drawn subjects, for anyone (DRW-27, PUB-13). */
export const publicListRoutes = (dependencies: DrawnListReaders): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/public/drawn-lists',
    summary: 'Draws whose list of drawn subjects is published',
    roles: 'public',
    query: z.object({ regionCode: regionCode.optional(), ...pageQuery }),
    responses: { 200: pageOf(listSchema) },
    handler: async ({ query: { limit, after, regionCode: region } }) => {
      const found = await dependencies.lists.list({ regionCode: region }, { limit: limit + 1, after })
      const { items, next } = page(found, limit, listIdOf)
      return { status: 200, body: { items: items.map(listView), next } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/public/drawn-lists/:drawId',
    summary: 'The list of one draw: its task, how many were drawn, how many are public so far',
    roles: 'public',
    params,
    query: cityQuery,
    responses: { 200: listSchema.extend({ published: z.number() }) },
    handler: async ({ params: { drawId }, query }) => {
      const list = await readDrawnList(dependencies, drawId, query.regionCode)
      const published = await dependencies.subjects.count({ drawId, regionCode: list.regionCode, isPublic: true })
      return { status: 200, body: { ...listView(list), published } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/public/drawn-lists/:drawId/subjects',
    summary: 'The drawn subjects of one draw that are public',
    roles: 'public',
    params,
    query: cityQuery.extend(pageQuery),
    responses: { 200: pageOf(subjectSchema) },
    handler: async ({ params: { drawId }, query: { limit, after, ...query } }) => {
      const list = await readDrawnList(dependencies, drawId, query.regionCode)
      const ofList = { drawId, regionCode: list.regionCode, isPublic: true }
      const found = await dependencies.subjects.list(ofList, { limit: limit + 1, after })
      const { items, next } = page(found.filter(isPublicSubject), limit, ({ subjectId }) => subjectId)
      return { status: 200, body: { items: items.map(subjectView), next } }
    },
  }),
]
