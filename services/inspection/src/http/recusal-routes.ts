import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import type { InspectorId } from '@dual-random/kernel'
import { z } from 'zod'
import { decideRecusal, listRecusals, type RecusalDependencies, recuseInspectors } from '../app/recuse-inspectors.ts'
import { recusalStatuses } from '../domain/recusal.ts'
import { recusalAnswer } from './answers.ts'
import { presentRecusal } from './present.ts'
import { recusalRejection, recusalRequest } from './schemas.ts'

const id = z.string().min(1).max(96)

export const recusalRoutes = (deps: RecusalDependencies): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/tasks/:taskId/recusals',
    summary: '抽取后提出回避 / raise a recusal after the draw',
    roles: ['INSPECTOR', 'DISPATCHER'],
    params: z.object({ taskId: id }),
    body: recusalRequest,
    responses: { 200: recusalAnswer, 201: recusalAnswer },
    handler: async ({ principal, params, body }) => {
      const request = { ...body, inspectorIds: body.inspectorIds as InspectorId[] }
      const { task, recusal, isNew } = await recuseInspectors(deps, principal, params.taskId, request)
      return { status: isNew ? 201 : 200, body: presentRecusal(task, recusal) }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/tasks/:taskId/recusals/:recusalId/reject',
    summary: '驳回回避申请 / reject a recusal',
    roles: ['DISPATCHER', 'DRAW_ORGANISER'],
    params: z.object({ taskId: id, recusalId: id }),
    body: recusalRejection,
    responses: { 200: recusalAnswer },
    handler: async ({ principal, params: { taskId, recusalId }, body: { reasons } }) => {
      const { task, recusal } = await decideRecusal(deps, principal, taskId, { recusalId, reasons })
      return { status: 200, body: presentRecusal(task, recusal) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/recusals',
    summary: '回避申请 / recusals',
    roles: ['INSPECTOR', 'DISPATCHER', 'DRAW_ORGANISER'],
    query: z.object({ taskId: id.optional(), status: z.enum(recusalStatuses).optional(), ...pageQuery }),
    responses: { 200: pageOf(recusalAnswer) },
    handler: async ({ principal, query: { limit, after, ...query } }) => {
      const found = await listRecusals(deps, principal, query, { limit: limit + 1, after })
      const { items, ...next } = page(found, limit, ({ task }) => task.taskId)
      const recusals = items.flatMap(({ task, recusals: ofTask }) => ofTask.map((recusal) => presentRecusal(task, recusal)))
      return { status: 200, body: { items: recusals, ...next } }
    },
  }),
]
