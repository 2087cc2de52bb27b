import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import * as z from 'zod'
import { enterOutside } from '../app/enter-outside.ts'
import { checkpointBytes, regionLogBytes } from '../app/log-text.ts'
import { type AppDeps, drawCursor } from '../app/ports.ts'
import { listDraws, type PublicFile, publicFile, regionLog } from '../app/read-draws.ts'
import { publicDrawBody } from './draw-body.ts'
import { fileAnswer, growingAnswer } from './file-answer.ts'
import { drawParams, enteredSchema, listQuery, outsideBody, publicDrawSchema, regionParams } from './schemas.ts'

const files = {
  commitment: { summary: '承诺 The commitment S', mediaType: 'application/json' },
  roster: { summary: '匿名名录 The roster of blinded labels', mediaType: 'application/x-ndjson' },
  transcript: { summary: '抽取记录 The signed transcript', mediaType: 'application/json' },
  openings: { summary: '公开揭示 The openings of the visited', mediaType: 'application/x-ndjson' },
} as const satisfies Record<PublicFile, { readonly summary: string; readonly mediaType: string }>

const fileRoute = (deps: AppDeps, name: PublicFile): Route =>
  route({
    method: 'GET',
    path: `/v1/public/draws/:drawId/${name}`,
    summary: files[name].summary,
    roles: 'public',
    params: drawParams,
    responses: { 200: { mediaType: files[name].mediaType } },
    handler: async ({ params, request }) => {
      const { digest, blob } = await publicFile(deps, params.drawId, name)
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
      return { status: 200, body: { items: items.map(publicDrawBody), ...rest } }
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
    summary: '密钥、承诺与揭示入日志 Enter a key of the superior, a tip or a reveal of a unit; the signature is the right',
    roles: 'public',
    params: regionParams,
    body: outsideBody,
    responses: { 200: enteredSchema, 201: enteredSchema },
    handler: async ({ params, body }) => {
      const { outcome, entry } = await enterOutside(deps, params.regionCode, body)
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
      const { regionCode } = await regionLog(deps, params.regionCode)
      return growingAnswer(checkpointBytes(deps, regionCode))
    },
  }),
]
