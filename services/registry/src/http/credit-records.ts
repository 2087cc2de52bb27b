import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { creditId } from '../app/import-credit-results.ts'
import type { Registry } from '../app/registry.ts'
import { standingAt } from '../domain/credit-result.ts'
import { poolReaders } from './access.ts'
import { dateOrInstant, objectIdSchema, record } from './schemas.ts'
import { visibleObject } from './visible-object.ts'

/** What is known of one object's credit: classifications side by side, warnings, check results. */
export function creditRecordRoutes(registry: Registry): Route[] {
  const { credits, warnings, deliveries, clock } = registry
  return [
    route({
      method: 'GET',
      path: '/v1/objects/:objectId/credit-record',
      summary: '信用档案 / the credit record of an object as of an instant',
      roles: poolReaders,
      params: z.object({ objectId: objectIdSchema }),
      query: z.object({ at: dateOrInstant.optional() }),
      responses: { 200: record },
      handler: async ({ principal, params: { objectId }, query }) => {
        await visibleObject(registry, principal, objectId)
        const at = query.at ?? clock()
        const [credit, raised, checks] = await Promise.all([
          credits.load(creditId(objectId)),
          warnings.ofObject(objectId),
          deliveries.ofObject(objectId),
        ])
        const { general = null, professional } = standingAt(credit?.state, at)
        const known = raised.filter(({ receivedAt }) => receivedAt <= at)
        const checkResults = checks.map(({ notice }) => notice).filter(({ recordedAt }) => recordedAt <= at)
        return { status: 200, body: { objectId, at, general, professional, warnings: known, checkResults } }
      },
    }),
  ]
}
