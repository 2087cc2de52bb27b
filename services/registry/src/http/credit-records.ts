import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { creditId } from '../app/import-credit-results.ts'
import type { Registry } from '../app/registry.ts'
import { unknownObject } from '../app/set-object-status.ts'
import { currentContent } from '../domain/check-object.ts'
import { standingAt } from '../domain/credit-result.ts'
import { poolsOf } from '../domain/tagging.ts'
import { poolReaders, requireVisible } from './access.ts'
import { dateOrInstant, record } from './schemas.ts'

/** What is known of one object's credit: classifications side by side, warnings, check results. */
export function creditRecordRoutes(registry: Registry): Route[] {
  const { objects, credits, warnings, deliveries, clock } = registry
  return [
    route({
      method: 'GET',
      path: '/v1/objects/:objectId/credit-record',
      summary: '信用档案 / the credit record of an object as of an instant',
      roles: poolReaders,
      params: z.object({ objectId: z.string().regex(/^[0-9a-f]{32}$/) }),
      query: z.object({ at: dateOrInstant.optional() }),
      responses: { 200: record },
      handler: async ({ principal, params: { objectId }, query }) => {
        const found = await objects.load(objectId)
        if (found === undefined) throw unknownObject(objectId)
        const content = currentContent(found.state)
        await requireVisible(registry, principal, poolsOf(found.state, content), content.regionCode)
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
