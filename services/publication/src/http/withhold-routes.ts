import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { exemptPublication, stopPublication, type WithholdDependencies } from '../app/withhold.ts'
import { type RecordViewer, recordSchema, recordView } from './record-view.ts'

const text = z.string().trim().min(1).max(2000)
const params = z.object({ publicationId: z.string() })

export const withholdRoutes = (dependencies: WithholdDependencies, viewer: RecordViewer): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/publications/:publicationId/exempt',
    summary: 'Record a statutory non-publication case with its legal basis and approver',
    roles: ['PUBLISHER'],
    params,
    body: z.object({ legalBasis: text, approver: text }),
    responses: { 200: recordSchema },
    handler: async ({ principal, params: { publicationId }, body, language }) => ({
      status: 200,
      body: recordView(viewer, await exemptPublication(dependencies, publicationId, principal, body), language),
    }),
  }),
  route({
    method: 'POST',
    path: '/v1/publications/:publicationId/stop',
    summary: 'Stop the publication of a result',
    roles: ['PUBLISHER'],
    params,
    body: z.object({ reason: text }),
    responses: { 200: recordSchema },
    handler: async ({ principal, params: { publicationId }, body, language }) => ({
      status: 200,
      body: recordView(viewer, await stopPublication(dependencies, publicationId, principal, body.reason), language),
    }),
  }),
]
