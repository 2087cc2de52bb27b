import { type Route, route } from '@dual-random/http'
import { acting } from '../app/actor.ts'
import { closeDraw } from '../app/close-draw.ts'
import { commitDraw } from '../app/commit-draw.ts'
import { forecastDraw } from '../app/forecast-draw.ts'
import { freezeDraw } from '../app/freeze-draw.ts'
import type { AppDeps } from '../app/ports.ts'
import { runDraw } from '../app/run-draw.ts'
import { voidDraw } from '../app/void-draw.ts'
import { drawBody } from './draw-body.ts'
import { capacitySchema, commitBody, drawParams, drawSchema, emptyBody, freezeBody, voidBody } from './schemas.ts'

/** Half a million labels pass through each of these steps. */
const timeoutMs = 300_000

const step = { method: 'POST', roles: ['DRAW_ORGANISER'], params: drawParams, responses: { 200: drawSchema }, timeoutMs } as const

export const organiserRoutes = (deps: AppDeps): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/draws',
    summary: '冻结名录库快照 Freeze the roster of a batch of a published plan line, or of a task on clues',
    roles: ['DRAW_ORGANISER'],
    body: freezeBody,
    responses: { 200: drawSchema, 201: drawSchema },
    timeoutMs,
    handler: async ({ body, principal, context }) => {
      const { draw, isNew } = await freezeDraw(
        acting(deps, principal),
        'clueTaskId' in body ? { ...body, batch: 1 } : body,
        principal,
        context,
      )
      return { status: isNew ? 201 : 200, body: drawBody(draw, deps.clock()) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/draws/:drawId/capacity',
    summary: '人手预测 Whether the units could staff what a frozen draw will bring',
    roles: ['DRAW_ORGANISER'],
    params: drawParams,
    responses: { 200: capacitySchema },
    timeoutMs,
    handler: async ({ params, principal }) => {
      const { drawn, units } = await forecastDraw(deps, params.drawId, principal)
      const shown = units.map(({ kinds, ...unit }) => ({
        ...unit,
        kinds: kinds.map((kind) => ({ ...kind, specialities: [...kind.specialities] })),
      }))
      return { status: 200, body: { drawn, units: shown } }
    },
  }),
  route({
    ...step,
    path: '/v1/draws/:drawId/commit',
    summary: '承诺 Commit to the draw before the beacon round exists',
    body: commitBody,
    handler: async ({ params, body, principal, context }) => ({
      status: 200,
      body: drawBody(await commitDraw(acting(deps, principal), params.drawId, body, principal, context), deps.clock()),
    }),
  }),
  route({
    ...step,
    path: '/v1/draws/:drawId/run',
    summary: '抽取并匹配检查人员 Draw and match once the round is due',
    body: emptyBody,
    handler: async ({ params, principal, signal }) => ({
      status: 200,
      body: drawBody(await runDraw(acting(deps, principal), params.drawId, principal, signal), deps.clock()),
    }),
  }),
  route({
    ...step,
    path: '/v1/draws/:drawId/close',
    summary: '关闭抽取并公开揭示 Close the draw and open the visited',
    body: emptyBody,
    handler: async ({ params, principal }) => ({
      status: 200,
      body: drawBody(await closeDraw(acting(deps, principal), params.drawId, principal), deps.clock()),
    }),
  }),
  route({
    ...step,
    path: '/v1/draws/:drawId/void',
    summary: '作废 Void the draw before its round',
    body: voidBody,
    handler: async ({ params, body, principal }) => ({
      status: 200,
      body: drawBody(await voidDraw(acting(deps, principal), params.drawId, body.reason, principal), deps.clock()),
    }),
  }),
]
