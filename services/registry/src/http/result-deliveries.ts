import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { Registry } from '../app/registry.ts'
import { resendResult } from '../app/resend-result.ts'
import type { ResultDelivery } from '../domain/result-delivery.ts'
import { regionOf } from './access.ts'
import { id, record, regionCode } from './schemas.ts'

const readers = ['REGISTRY_CLERK', 'CREDIT_SYSTEM', 'OPERATOR', 'AUDITOR'] as const
const inRegion = { regionCode: regionCode.optional() }

/** A queue is read without the names of those who were checked. */
const shown = ({ notice, ...delivery }: ResultDelivery) => ({
  resultId: notice.resultId,
  taskId: notice.taskId,
  regionCode: notice.regionCode,
  unitId: notice.unitId,
  ...delivery,
})

/** Check results on their way to the classification system (CRD-15), and those it would not take. */
export function resultDeliveryRoutes(registry: Registry): Route[] {
  const { deliveries } = registry
  return [
    route({
      method: 'GET',
      path: '/v1/result-deliveries',
      summary: '检查结果推送 / check results on their way to the classification system, in order of id',
      roles: readers,
      query: z.object({ ...pageQuery, ...inRegion, status: z.enum(['WAITING', 'DELIVERED', 'DEAD']).optional() }),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, query }) => {
        const { limit, after, status } = query
        const found = await deliveries.page({ regionCode: regionOf(principal, query.regionCode), status }, { limit: limit + 1, after })
        const paged = page(found, limit, ({ notice }) => notice.resultId)
        return { status: 200, body: { ...paged, items: paged.items.map(shown) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/result-deliveries/overview',
      summary: '检查结果推送概况 / how many wait and since when, arrived, were refused for good',
      roles: readers,
      query: z.object(inRegion),
      responses: { 200: record },
      handler: async ({ principal, query }) => ({
        status: 200,
        body: await deliveries.overview(regionOf(principal, query.regionCode)),
      }),
    }),
    route({
      method: 'POST',
      path: '/v1/result-deliveries/:resultId/resend',
      summary: '重新推送 / send a refused result again',
      roles: ['OPERATOR'],
      params: z.object({ resultId: id }),
      responses: { 200: record },
      handler: async ({ principal, params }) => ({
        status: 200,
        body: shown(await resendResult(registry, principal.regionCode, params.resultId)),
      }),
    }),
  ]
}
