import { Readable } from 'node:stream'
import { requireRegion } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { candidateLines } from '../app/candidates-file.ts'
import { requireCandidates } from '../app/keep-candidates.ts'
import { putOnRecord } from '../app/put-on-record.ts'
import type { Registry } from '../app/registry.ts'

/** What was known of the candidates of a plan when it was settled (CRD-21). */
export function planCandidateRoutes(registry: Registry): Route[] {
  return [
    route({
      method: 'GET',
      path: '/v1/plan-candidates/:candidatesId',
      summary: 'The candidates of a plan line, each with its grade, where that comes from and as of when; the read is on record',
      roles: ['AUDITOR'],
      params: z.object({ candidatesId: z.string().regex(/^[0-9a-f]{64}$/) }),
      responses: { 200: { mediaType: 'application/x-ndjson' } },
      timeoutMs: 600_000,
      handler: async ({ principal, params, traceId }) => {
        const kept = await requireCandidates(registry.planCandidates, params.candidatesId)
        requireRegion(principal, kept.regionCode)
        await putOnRecord(
          registry,
          { principal, traceId },
          { what: 'plan-candidates', target: kept.id, regionCode: kept.regionCode, count: 1 },
        )
        const headers = { 'content-type': 'application/x-ndjson; charset=utf-8' }
        return { status: 200, headers, stream: Readable.from(candidateLines(registry, kept)) }
      },
    }),
  ]
}
