import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { fileObjection, type ObjectionDependencies } from '../app/objections.ts'
import { readPublicResult, searchResults } from '../app/read-records.ts'
import type { ObjectionId } from '../domain/objection.ts'
import { publicResult } from '../domain/public-result.ts'
import type { Published } from '../domain/publication.ts'
import { regionCode } from './region-code.ts'

const resultSchema = z.object({
  publicationId: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  objectCode: z.string(),
  objectName: z.string(),
  objectKind: z.string(),
  itemCode: z.string(),
  itemName: z.string(),
  resultType: z.string(),
  resultText: z.string(),
  subValue: z.string().optional(),
  subValueText: z.string().optional(),
  correctBy: z.string().optional(),
  statement: z.string().optional(),
  checkedOn: z.string(),
  publishedAt: z.string(),
  channel: z.string(),
})

const resultView = (published: Published) => ({ ...publicResult(published, published.push.channel), publishedAt: published.publishedAt })

const params = z.object({ publicationId: z.string() })

/** What anyone may ask and say (PUB-13, PUB-28). */
export const publicRoutes = (dependencies: ObjectionDependencies): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/public/results',
    summary: 'Search published results by the beginning of an object name or code',
    roles: 'public',
    query: z.object({ q: z.string().max(100).optional(), regionCode: regionCode.optional(), ...pageQuery }),
    responses: { 200: pageOf(resultSchema) },
    handler: async ({ query: { limit, after, ...query } }) => {
      const found = await searchResults(dependencies.publications, query, { limit: limit + 1, after })
      const { items, next } = page(found, limit, ({ publicationId }) => publicationId)
      return { status: 200, body: { items: items.map(resultView), next } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/public/results/:publicationId',
    summary: 'One published result',
    roles: 'public',
    params,
    responses: { 200: resultSchema },
    handler: async ({ params: { publicationId } }) => ({
      status: 200,
      body: resultView(await readPublicResult(dependencies.publications, publicationId)),
    }),
  }),
  route({
    method: 'POST',
    path: '/v1/public/results/:publicationId/objections',
    summary: 'Object to a published result',
    roles: 'public',
    params,
    body: z.object({ text: z.string().trim().min(1).max(2000), contact: z.string().trim().min(1).max(200).optional() }),
    responses: { 201: z.object({ objectionId: z.string(), status: z.literal('open') }) },
    handler: async ({ params: { publicationId }, body, derivedId }) => {
      const objectionId = `obj-${derivedId}` as ObjectionId
      await fileObjection(dependencies, objectionId, { publicationId, ...body })
      return { status: 201, body: { objectionId, status: 'open' } }
    },
  }),
]
