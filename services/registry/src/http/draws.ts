import { type Principal, requireRegion } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import { toHex } from '@dual-random/kernel'
import { z } from 'zod'
import { openDrawFile, privateDrawFiles } from '../app/draw-files.ts'
import { knownDrawKey } from '../app/draw-keys.ts'
import { unknownDraw } from '../app/drawn-before.ts'
import { requireDraw } from '../app/frozen-draw.ts'
import type { FrozenDraw } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'
import { staleSources } from '../domain/source.ts'
import { record } from './schemas.ts'

const drawId = z.string().regex(/^[0-9a-f]{64}$/)

/** What the registry keeps of a frozen draw: how fresh its sources were (DQ-07), and what only the auditor and the superior may read (rules 2 and 11). */
export function drawRoutes({ draws, blobs, sealer, logSensitiveRead }: Registry): Route[] {
  const audited = async (id: string, principal: Principal): Promise<FrozenDraw> => {
    const draw = await requireDraw(draws, id)
    requireRegion(principal, draw.regionCode)
    return draw
  }
  return [
    route({
      method: 'GET',
      path: '/v1/draws/:drawId/sources',
      summary: 'How fresh the sources of a frozen draw were at its snapshot; stale beyond policy is flagged',
      roles: ['DRAW_ORGANISER', 'PLANNER', 'JOINT_COORDINATOR', 'DISPATCHER', 'AUDITOR', 'EVALUATOR'],
      params: z.object({ drawId }),
      responses: { 200: record },
      handler: async ({ principal, params }) => {
        const { id, asOf, sources } = await audited(params.drawId, principal)
        return {
          status: 200,
          body: { drawId: id, asOf, stale: sources === undefined ? null : staleSources(sources).length > 0, sources: sources ?? [] },
        }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/draws/:drawId/key',
      summary: 'The key K under which a draw’s labels are blinded; the read is logged',
      roles: ['AUDITOR'],
      params: z.object({ drawId }),
      responses: { 200: z.object({ key: z.string() }) },
      handler: async ({ principal, params, traceId }) => {
        const { id } = await audited(params.drawId, principal)
        const key = await knownDrawKey(draws, sealer, id)
        if (key === undefined) throw unknownDraw(id)
        logSensitiveRead({ what: 'draw-key', id, count: 1, subject: principal.subject, unitId: principal.unitId, traceId })
        return { status: 200, body: { key: toHex(key) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/draws/:drawId/files/:file',
      summary: 'A private file of a frozen draw; the read is logged',
      roles: ['AUDITOR'],
      params: z.object({ drawId, file: z.enum(privateDrawFiles) }),
      responses: { 200: { mediaType: 'application/x-ndjson' } },
      handler: async ({ principal, params, traceId }) => {
        const draw = await audited(params.drawId, principal)
        const bytes = await openDrawFile(blobs, sealer, draw, params.file)
        logSensitiveRead({ what: 'draw-file', id: draw.id, count: 1, subject: principal.subject, unitId: principal.unitId, traceId })
        return { status: 200, body: new TextDecoder().decode(bytes) }
      },
    }),
  ]
}
