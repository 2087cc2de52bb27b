import type { Role } from '@dual-random/auth'
import { redrawOrderDigest } from '@dual-random/draw'
import { type Route, route } from '@dual-random/http'
import { canonicalJson, utf8 } from '@dual-random/kernel'
import * as z from 'zod'
import { acting } from '../app/actor.ts'
import { approveRedraw, rejectRedraw } from '../app/decide-redraw.ts'
import { freezeRedraw } from '../app/freeze-redraw.ts'
import type { AppDeps } from '../app/ports.ts'
import { proposeRedraw } from '../app/propose-redraw.ts'
import { readRedrawOrder, redrawOrdersOf } from '../app/read-draws.ts'
import type { Draw } from '../domain/draw.ts'
import { drawBody } from './draw-body.ts'
import { fileAnswer } from './file-answer.ts'
import { orderBody, proposalOf } from './redraw-body.ts'
import { drawParams, drawSchema, emptyBody, orderParams, orderSchema, proposeBody, redrawFreezeBody, rejectBody } from './schemas.ts'

/** Half a million labels may pass through a freeze. */
const timeoutMs = 300_000
const readers: readonly Role[] = ['DRAW_ORGANISER', 'FILING_REVIEWER', 'AUDITOR']
const orders = z.object({ items: z.array(orderSchema) })

const ordersOf = (draw: Draw): z.infer<typeof orders> => ({
  items: draw.status === 'MATCHED' || draw.status === 'CLOSED' ? (draw.redraws ?? []).map(orderBody) : [],
})

/** Orders for redraws of a matched draw (DRW-30). Labels and inspectors' labels stand in them: they are not public. */
export const redrawRoutes = (deps: AppDeps): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/draws/:drawId/redraws',
    summary: '重新抽取申请 Orders for redraws of a draw',
    roles: readers,
    params: drawParams,
    responses: { 200: orders },
    handler: async ({ params, principal }) => ({ status: 200, body: ordersOf(await redrawOrdersOf(deps, params.drawId, principal)) }),
  }),
  route({
    method: 'POST',
    path: '/v1/draws/:drawId/redraws',
    summary: '申请重新抽取 Ask for a replacement, a re-match or an escalation',
    roles: ['DRAW_ORGANISER'],
    params: drawParams,
    body: proposeBody,
    responses: { 200: orders },
    handler: async ({ params, body, principal }) => ({
      status: 200,
      body: ordersOf(await proposeRedraw(acting(deps, principal), params.drawId, proposalOf(body), principal)),
    }),
  }),
  route({
    method: 'POST',
    path: '/v1/draws/:drawId/redraws/:order/approve',
    summary: '上级批准重新抽取 Approve an order, from above the organiser',
    roles: ['DRAW_ORGANISER', 'FILING_REVIEWER'],
    params: orderParams,
    body: emptyBody,
    responses: { 200: orders },
    handler: async ({ params, principal }) => ({
      status: 200,
      body: ordersOf(await approveRedraw(acting(deps, principal), params.drawId, params.order, principal)),
    }),
  }),
  route({
    method: 'POST',
    path: '/v1/draws/:drawId/redraws/:order/reject',
    summary: '上级不予批准 Reject an order, from above the organiser',
    roles: ['DRAW_ORGANISER', 'FILING_REVIEWER'],
    params: orderParams,
    body: rejectBody,
    responses: { 200: orders },
    handler: async ({ params, body, principal }) => ({
      status: 200,
      body: ordersOf(await rejectRedraw(acting(deps, principal), params.drawId, { order: params.order, reason: body.reason }, principal)),
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/draws/:drawId/redraws/:order/text',
    summary: '申请原文，上级据以签署批准 The text of an approved order, whose digest the approval in the log names',
    roles: readers,
    params: orderParams,
    responses: { 200: { mediaType: 'application/json' } },
    handler: async ({ params, principal, request }) => {
      const order = await readRedrawOrder(deps, params.drawId, params.order, principal)
      const file = { digest: redrawOrderDigest(deps.hash, order), bytes: () => [utf8(canonicalJson(order))], isPrivate: true }
      return fileAnswer(file, request.get('if-none-match'))
    },
  }),
  route({
    method: 'POST',
    path: '/v1/draws/:drawId/redraws/:order/freeze',
    summary: '冻结重新抽取的名录 Freeze an approved redraw; it is then committed and run like any draw',
    roles: ['DRAW_ORGANISER'],
    params: orderParams,
    body: redrawFreezeBody,
    responses: { 200: drawSchema, 201: drawSchema },
    timeoutMs,
    handler: async ({ params, body, principal }) => {
      const { draw, isNew } = await freezeRedraw(
        acting(deps, principal),
        params.drawId,
        { order: params.order, attempt: body.attempt },
        principal,
      )
      return { status: isNew ? 201 : 200, body: drawBody(draw, deps.clock()) }
    },
  }),
]
