import { type Route, route } from '@dual-random/http'
import * as z from 'zod'
import { keepPage, publicPage } from '../app/number-pages.ts'
import type { AppDeps } from '../app/ports.ts'
import { fileAnswer } from './file-answer.ts'
import { pageParams } from './schemas.ts'

const pageLimitBytes = 16 * 1024 * 1024

/** The archived pages from which units typed public numbers (docs/draw-protocol.md §9a). */
export const pageRoutes = (deps: AppDeps): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/public/draws/:drawId/pages/:pageDigest',
    summary: '存放公开数字的存档网页 Keep the archived page that a unit typed from; its digest in the unit’s entry is the right',
    roles: 'public',
    params: pageParams,
    body: { raw: ['application/octet-stream'], limitBytes: pageLimitBytes },
    responses: { 201: z.object({ pageDigest: z.string() }) },
    handler: async ({ params: { drawId, pageDigest }, body }) => {
      const chunks: Uint8Array[] = []
      for await (const chunk of body) chunks.push(chunk as Uint8Array)
      await keepPage(deps, drawId, pageDigest, Buffer.concat(chunks))
      return { status: 201, body: { pageDigest } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/public/draws/:drawId/pages/:pageDigest',
    summary: '公开数字的存档网页 An archived page behind the public numbers of a draw',
    roles: 'public',
    params: pageParams,
    responses: { 200: { mediaType: 'application/octet-stream' } },
    handler: async ({ params: { drawId, pageDigest }, request }) => {
      const blob = await publicPage(deps, drawId, pageDigest)
      const answer = fileAnswer({ digest: pageDigest, bytes: () => deps.blobs.get(blob) }, request.get('if-none-match'))
      // Whatever a page holds, a browser saves it and runs nothing of it.
      return { ...answer, headers: { ...answer.headers, 'content-disposition': 'attachment', 'x-content-type-options': 'nosniff' } }
    },
  }),
]
