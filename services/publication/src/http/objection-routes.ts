import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { type ObjectionDependencies, settleObjection } from '../app/objections.ts'
import { scopeOf } from '../app/read-records.ts'
import type { Objection } from '../domain/objection.ts'

const objectionSchema = z.object({
  objectionId: z.string(),
  publicationId: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  status: z.enum(['open', 'decided']),
  text: z.string(),
  contact: z.string().optional(),
  filedAt: z.string(),
  decision: z.object({ outcome: z.enum(['UPHELD', 'REJECTED']), explanation: z.string(), by: z.string(), at: z.string() }).optional(),
})

/** How to reach the person is for the deciding unit alone. */
const objectionView = ({ contact, ...objection }: Objection, own: boolean) => ({
  ...objection,
  status: objection.decision === undefined ? 'open' : 'decided',
  ...(own && contact !== undefined ? { contact } : {}),
})

export const objectionRoutes = (dependencies: ObjectionDependencies): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/objections',
    summary: 'Objections of the public to published results',
    roles: ['PUBLISHER', 'AUDITOR', 'EVALUATOR'],
    query: z.object({ status: z.enum(['open', 'decided']).optional(), ...pageQuery }),
    responses: { 200: pageOf(objectionSchema) },
    handler: async ({ principal, query: { status, limit, after } }) => {
      const decided = status === undefined ? undefined : status === 'decided'
      const found = await dependencies.objections.list(scopeOf(principal), decided, { limit: limit + 1, after })
      const { items, next } = page(found, limit, ({ objectionId }) => objectionId)
      return { status: 200, body: { items: items.map((each) => objectionView(each, each.unitId === principal.unitId)), next } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/objections/:objectionId/decide',
    summary: 'Record the outcome of an objection',
    roles: ['PUBLISHER'],
    params: z.object({ objectionId: z.string() }),
    body: z.object({ outcome: z.enum(['UPHELD', 'REJECTED']), explanation: z.string().trim().min(1).max(2000) }),
    responses: { 200: objectionSchema },
    handler: async ({ principal, params: { objectionId }, body }) => ({
      status: 200,
      body: objectionView(await settleObjection(dependencies, objectionId, principal, body), true),
    }),
  }),
]
