import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { creditModules, requireGrading } from '../app/credit-modules.ts'
import { gradeCreditRecords } from '../app/grade-credit-records.ts'
import { creditId } from '../app/import-credit-results.ts'
import type { Registry } from '../app/registry.ts'
import { currentContent } from '../domain/check-object.ts'
import { entriesAt } from '../domain/credit-entry.ts'
import { standingBy } from '../domain/credit-grading.ts'
import { standingAt } from '../domain/credit-result.ts'
import { poolReaders, regionOf } from './access.ts'
import { dateOrInstant, objectIdSchema, record, regionCode } from './schemas.ts'
import { visibleObject } from './visible-object.ts'

/** What is known of one object's credit: classifications side by side, what the credit module collected and how it grades it, warnings, check results. */
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
        const { state: object } = await visibleObject(registry, principal, objectId)
        const at = query.at ?? clock()
        const [credit, raised, checks] = await Promise.all([
          credits.load(creditId(objectId)),
          warnings.ofObject(objectId),
          deliveries.ofObject(objectId),
        ])
        const { general = null, professional } = standingAt(credit?.state, at)
        const known = raised.filter(({ receivedAt }) => receivedAt <= at)
        const checkResults = checks.map(({ notice }) => notice).filter(({ recordedAt }) => recordedAt <= at)
        const rules = (await creditModules(registry)(currentContent(object).regionCode))?.rules
        const standing = rules === undefined ? null : standingBy(rules.grading, credit?.state, at)
        const entries = entriesAt(credit?.state, at)
        return { status: 200, body: { objectId, at, general, professional, entries, standing, warnings: known, checkResults } }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/credit-records/grade',
      summary: '信用等级评价 / grade the market subjects of a region by their credit records, and warn of risks',
      roles: ['REGISTRY_CLERK'],
      query: z.object({ regionCode: regionCode.optional() }),
      responses: { 200: record },
      timeoutMs: 600_000,
      handler: async ({ principal, query, derivedId }) => {
        const region = regionOf(principal, query.regionCode)
        await requireGrading(registry, region)
        return { status: 200, body: { ...(await gradeCreditRecords(registry, region, derivedId)) } }
      },
    }),
  ]
}
