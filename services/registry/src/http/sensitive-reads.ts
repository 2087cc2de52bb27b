import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { type RecordedRead, sensitiveThings } from '../app/ports.ts'
import { putOnRecord } from '../app/put-on-record.ts'
import type { Registry } from '../app/registry.ts'
import { regionOf } from './access.ts'
import { regionCode } from './schemas.ts'

const readerSchema = z.object({ subject: z.string(), unitId: z.string(), regionCode: z.string(), roles: z.array(z.string()) })
const readSchema = z.object({
  id: z.string(),
  at: z.string(),
  by: readerSchema,
  what: z.enum(sensitiveThings),
  target: z.string(),
  regionCode: z.string(),
  count: z.int().optional(),
  traceId: z.string(),
})

const shown = ({ by, ...read }: RecordedRead): z.infer<typeof readSchema> => ({ ...read, by: { ...by, roles: [...by.roles] } })

/** Who read what is not public (ACC-07); nothing changes it. */
export function sensitiveReadRoutes(registry: Registry): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/sensitive-reads',
      summary:
        '敏感信息读取留痕 / who read keys, openings, private files, recusal scopes and moved objects of a region, newest first; the read is on record',
      roles: ['AUDITOR'],
      query: z.object({
        ...pageQuery,
        regionCode: regionCode.optional(),
        target: z.string().min(1).max(100).optional(),
        subject: z.string().min(1).max(200).optional(),
      }),
      responses: { 200: pageOf(readSchema) },
      handler: async ({ principal, query, traceId }) => {
        const { limit, after, target, subject } = query
        const asked = regionOf(principal, query.regionCode)
        await putOnRecord(registry, { principal, traceId }, { what: 'sensitive-reads', target: asked, regionCode: asked })
        const found = await registry.sensitiveReads.page({ regionCode: asked, target, subject }, { limit: limit + 1, after })
        const { items, ...rest } = page(found, limit, ({ id }) => id)
        return { status: 200, body: { items: items.map(shown), ...rest } }
      },
    }),
  ]
}
