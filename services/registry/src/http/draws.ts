import { type Principal, requireRegion } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import { toHex } from '@dual-random/kernel'
import { z } from 'zod'
import { openDrawFile, privateDrawFiles } from '../app/draw-files.ts'
import { knownDrawKey } from '../app/draw-keys.ts'
import { unknownDraw } from '../app/drawn-before.ts'
import { requireDraw } from '../app/frozen-draw.ts'
import { drawIdOf, keyIdOf } from '../app/frozen-id.ts'
import { matchFacts } from '../app/match-facts.ts'
import { ownOpening } from '../app/object-openings.ts'
import type { FrozenDraw, SensitiveThing } from '../app/ports.ts'
import { putOnRecord, type ReadCall } from '../app/put-on-record.ts'
import type { Registry } from '../app/registry.ts'
import { isSameObject } from '../domain/opening-rule.ts'
import { staleSources } from '../domain/source.ts'
import { id as objectCode, record, regionCode } from './schemas.ts'

/** Of a draw of several cities: whose pool; the organiser's where absent. */
const part = z.object({ regionCode: regionCode.optional() })

const drawId = z.string().regex(/^[0-9a-f]{64}$/)

/** docs/draw-protocol.md §25; its members stand in the order of the file, so that what is answered is its RFC 8785 text. */
const wrappedKey = z.object({
  ciphertext: z.string(),
  drawId,
  enc: z.string(),
  keyId: z.string(),
  type: z.literal('dual-random/wrapped-key/v1'),
})

/** docs/draw-protocol.md §12, its members in the order of the file too. */
const ownOpeningFile = z.object({
  drawId,
  id: z.string(),
  index: z.int(),
  label: z.string(),
  path: z.array(z.string()),
  regionCode: z.string().optional(),
  salt: z.string(),
  size: z.int(),
  stratum: z.string(),
  type: z.literal('dual-random/opening/v1'),
})

/** What the registry keeps of a frozen draw: how fresh its sources were (DQ-07), and what only the auditor and the superior may read (rules 2 and 11). */
export function drawRoutes(registry: Registry): Route[] {
  const { draws, blobs, sealer } = registry
  const audited = async (id: string, city: string | undefined, principal: Principal): Promise<FrozenDraw> => {
    const draw = await requireDraw(draws, id, city)
    requireRegion(principal, draw.regionCode)
    return draw
  }
  const onRecord = (call: ReadCall, draw: FrozenDraw, what: SensitiveThing): Promise<void> =>
    putOnRecord(registry, call, { what, target: drawIdOf(draw), regionCode: draw.regionCode, count: 1 })
  return [
    route({
      method: 'GET',
      path: '/v1/draws/:drawId/sources',
      summary: 'How fresh the sources of a frozen draw were at its snapshot; stale beyond policy is flagged',
      roles: ['DRAW_ORGANISER', 'PLANNER', 'JOINT_COORDINATOR', 'DISPATCHER', 'AUDITOR', 'EVALUATOR'],
      params: z.object({ drawId }),
      query: part,
      responses: { 200: record },
      handler: async ({ principal, params, query }) => {
        const draw = await audited(params.drawId, query.regionCode, principal)
        const { asOf, sources } = draw
        return {
          status: 200,
          body: {
            drawId: drawIdOf(draw),
            asOf,
            stale: sources === undefined ? null : staleSources(sources).length > 0,
            sources: sources ?? [],
          },
        }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/draws/:drawId/key',
      summary: 'The key K under which a draw’s labels are blinded; the read is on record',
      roles: ['AUDITOR'],
      params: z.object({ drawId }),
      query: part,
      responses: { 200: z.object({ key: z.string() }) },
      handler: async ({ principal, params, query, traceId }) => {
        const draw = await audited(params.drawId, query.regionCode, principal)
        const id = drawIdOf(draw)
        const key = await knownDrawKey(draws, sealer, keyIdOf(draw))
        if (key === undefined) throw unknownDraw(id)
        await onRecord({ principal, traceId }, draw, 'draw-key')
        return { status: 200, body: { key: toHex(key) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/draws/:drawId/wrapped-key',
      summary: 'K wrapped for the superior, whose private key alone opens it: to be archived outside the registry; the read is on record',
      roles: ['AUDITOR'],
      params: z.object({ drawId }),
      query: part,
      responses: { 200: wrappedKey },
      handler: async ({ principal, params, query, traceId }) => {
        const draw = await audited(params.drawId, query.regionCode, principal)
        const id = drawIdOf(draw)
        const { wrapped } = (await draws.knownKey(keyIdOf(draw))) ?? {}
        if (wrapped === undefined) throw appError('not-found', 'key-not-wrapped', { meta: { drawId: id, regionCode: draw.regionCode } })
        await onRecord({ principal, traceId }, draw, 'draw-wrapped-key')
        return { status: 200, body: wrappedKey.parse(JSON.parse(wrapped)) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/draws/:drawId/openings/:objectCode',
      summary:
        '本户在一次抽取中的揭示文件 / an object’s own opening, for itself and who oversees the draw, once the draw is closed; the read is on record',
      roles: ['PARTY', 'AUDITOR'],
      params: z.object({ drawId, objectCode }),
      query: part,
      responses: { 200: ownOpeningFile },
      handler: async ({ principal, params, query, traceId }) => {
        // Whose it is comes before whether there is such a draw: nobody learns of another's.
        const isParty = principal.roles.includes('PARTY')
        if (isParty && principal.unitId !== params.objectCode) throw appError('forbidden', 'opening-of-other')
        const draw = await requireDraw(draws, params.drawId, query.regionCode)
        if (!isParty) requireRegion(principal, draw.regionCode)
        else if (!isSameObject(params.objectCode, principal.regionCode, draw.regionCode)) throw appError('forbidden', 'opening-of-other')
        const opening = await ownOpening(registry, draw, params.objectCode)
        await onRecord({ principal, traceId }, draw, 'object-opening')
        return { status: 200, body: ownOpeningFile.parse(JSON.parse(opening)) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/draws/:drawId/match-facts',
      summary:
        'What matching of a frozen draw may rest on, as of its snapshot: who could be matched, and what its objects ask for; the read is on record',
      roles: ['AUDITOR'],
      params: z.object({ drawId }),
      query: part,
      responses: { 200: { mediaType: 'application/x-ndjson' } },
      handler: async ({ principal, params, query, traceId }) => {
        const draw = await audited(params.drawId, query.regionCode, principal)
        const body = await matchFacts(registry, draw)
        await onRecord({ principal, traceId }, draw, 'match-facts')
        return { status: 200, body }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/draws/:drawId/files/:file',
      summary: 'A private file of a frozen draw; the read is on record',
      roles: ['AUDITOR'],
      params: z.object({ drawId, file: z.enum(privateDrawFiles) }),
      query: part,
      responses: { 200: { mediaType: 'application/x-ndjson' } },
      handler: async ({ principal, params, query, traceId }) => {
        const draw = await audited(params.drawId, query.regionCode, principal)
        const bytes = await openDrawFile(blobs, sealer, draw, params.file)
        await onRecord({ principal, traceId }, draw, 'draw-file')
        return { status: 200, body: new TextDecoder().decode(bytes) }
      },
    }),
  ]
}
