import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import * as z from 'zod'
import { enterNumbers } from '../app/enter-numbers.ts'
import { enterOutside } from '../app/enter-outside.ts'
import { checkpointBytes, regionLogBytes } from '../app/log-text.ts'
import { type AppDeps, drawCursor } from '../app/ports.ts'
import { listDraws, type PublicFile, publicDraw, publicFile, redrawsOfDraw, regionLog } from '../app/read-draws.ts'
import type { OutsideRequest } from '../domain/outside-entry.ts'
import { publicDrawBody } from './draw-body.ts'
import { fileAnswer, growingAnswer } from './file-answer.ts'
import { drawParams, enteredSchema, heldSchema, listQuery, outsideBody, publicDrawSchema, regionCode, regionParams } from './schemas.ts'

const files = {
  commitment: { summary: '承诺 The commitment S', mediaType: 'application/json' },
  roster: { summary: '匿名名录 The roster of blinded labels', mediaType: 'application/x-ndjson' },
  transcript: { summary: '抽取记录 The signed transcript', mediaType: 'application/json' },
  openings: { summary: '公开揭示 The openings of the visited', mediaType: 'application/x-ndjson' },
} as const satisfies Record<PublicFile, { readonly summary: string; readonly mediaType: string }>

/** Of a draw of several cities: whose roster or openings; the organiser's where absent. */
const cityQuery = z.object({ regionCode: regionCode.optional() })

const fileRoute = (deps: AppDeps, name: PublicFile): Route =>
  route({
    method: 'GET',
    path: `/v1/public/draws/:drawId/${name}`,
    summary: files[name].summary,
    roles: 'public',
    params: drawParams,
    query: cityQuery,
    responses: { 200: { mediaType: files[name].mediaType } },
    handler: async ({ params, query, request }) => {
      const { digest, blob } = await publicFile(deps, params.drawId, name, query.regionCode)
      return fileAnswer({ digest, bytes: () => deps.blobs.get(blob) }, request.get('if-none-match'))
    },
  })

export const publicRoutes = (deps: AppDeps): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/public/draws',
    summary: '抽取公示 Draws, for anyone',
    roles: 'public',
    query: z.object({ ...pageQuery, ...listQuery }),
    responses: { 200: pageOf(publicDrawSchema) },
    handler: async ({ query }) => {
      const { items, ...rest } = page(await listDraws(deps, query), query.limit, drawCursor)
      return { status: 200, body: { items: items.map((draw) => publicDrawBody(draw, deps.clock())), ...rest } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/public/draws/:drawId',
    summary: '一次抽取的公示 One draw, for anyone',
    roles: 'public',
    params: drawParams,
    responses: { 200: publicDrawSchema },
    handler: async ({ params }) => {
      const draw = await publicDraw(deps, params.drawId)
      return { status: 200, body: publicDrawBody(draw, deps.clock(), await redrawsOfDraw(deps, draw)) }
    },
  }),
  ...(['commitment', 'roster', 'transcript', 'openings'] as const).map((name) => fileRoute(deps, name)),
  route({
    method: 'GET',
    path: '/v1/public/region-logs/:regionCode',
    summary: '地区日志 The region log',
    roles: 'public',
    params: regionParams,
    responses: { 200: { mediaType: 'application/x-ndjson' } },
    handler: async ({ params, request }) => {
      const log = await regionLog(deps, params.regionCode)
      const bytes = () => regionLogBytes(deps, log)
      return fileAnswer({ digest: log.last.head, bytes, isFinal: false }, request.get('if-none-match'))
    },
  }),
  route({
    method: 'POST',
    path: '/v1/public/region-logs/:regionCode/entries',
    summary:
      '密钥、公开数字定义、承诺、揭示、公开数字、批准、复核与失败宣布入日志 Enter a key, a definition, an approval or a failure of the superior, a tip, a reveal, public numbers or an audit of a unit; the signature is the right. 202: public numbers that wait for the other unit’s, or for pages',
    roles: 'public',
    params: regionParams,
    body: outsideBody,
    responses: { 200: enteredSchema, 201: enteredSchema, 202: heldSchema },
    handler: async ({ params, body }) => {
      const request = body as OutsideRequest
      const entered = await (request.kind === 'numbers' ? enterNumbers : enterOutside)(deps, params.regionCode, request)
      if (entered.outcome === 'held') return { status: 202, body: { missingPages: entered.missingPages } }
      const { outcome, entry } = entered
      return { status: outcome === 'known' ? 200 : 201, body: { seq: entry.seq, head: entry.head } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/public/region-logs/:regionCode/checkpoints',
    summary: '检查点 Checkpoints of the region log with what its witnesses signed',
    roles: 'public',
    params: regionParams,
    responses: { 200: { mediaType: 'application/x-ndjson' } },
    handler: async ({ params }) => {
      const log = await regionLog(deps, params.regionCode)
      return growingAnswer(checkpointBytes(deps, log.regionCode))
    },
  }),
]
