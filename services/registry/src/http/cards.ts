import { createHash } from 'node:crypto'
import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { Guideline } from '../app/ports.ts'
import type { Registry } from '../app/registry.ts'
import { anyoneSignedIn, regionOf } from './access.ts'
import { localDate, record, regionCode, shortText } from './schemas.ts'

const inRegion = z.object({ regionCode: regionCode.optional() })

/** The same name in the same place is the same card, so that a repeated request changes nothing. */
export const cardId = (...parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)

export function cardRoutes({ guidelines, clock }: Registry): Route[] {
  return [
    route({
      method: 'POST',
      path: '/v1/guidelines',
      summary: 'Enter the work guideline of a business line; a changed text is the next version',
      roles: ['REGISTRY_CLERK'],
      body: z.strictObject({ businessLine: shortText, title: shortText, effectiveFrom: localDate, text: z.string().min(1).max(200_000) }),
      responses: { 200: record },
      handler: async ({ principal, body }) => {
        const { unitId, regionCode: region } = principal
        const id = cardId('guideline', unitId, body.businessLine)
        const before = await guidelines.get(id)
        const same =
          before !== undefined && before.text === body.text && before.title === body.title && before.effectiveFrom === body.effectiveFrom
        const card: Guideline = same
          ? before
          : { id, regionCode: region, unitId, ...body, version: (before?.version ?? 0) + 1, updatedAt: clock() }
        if (!same) await guidelines.put(card)
        return { status: 200, body: card }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/guidelines',
      summary: 'Work guidelines of a region',
      roles: anyoneSignedIn,
      query: inRegion,
      responses: { 200: z.object({ guidelines: z.array(record) }) },
      handler: async ({ principal, query }) => ({
        status: 200,
        body: { guidelines: await guidelines.inRegion(regionOf(principal, query.regionCode)) },
      }),
    }),
  ]
}
