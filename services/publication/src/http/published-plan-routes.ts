import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { PublishedPlans } from '../app/ports.ts'
import { listPublishedPlans, readPublishedPlan } from '../app/read-published-plans.ts'
import { type ChannelDelivery, channelStatus, isDelivered, type PublishedPlan } from '../domain/published-plan.ts'

const readers = ['PLANNER', 'PUBLISHER', 'DISPATCHER', 'AUDITOR', 'EVALUATOR'] as const

const planSchema = z.object({
  planId: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  version: z.number(),
  digest: z.string(),
  status: z.enum(['pending', 'delivered']),
  heardAt: z.string(),
  channels: z.array(
    z.object({
      channel: z.string(),
      status: z.enum(['delivered', 'pending', 'no-channel']),
      deliveredAt: z.string().optional(),
      channelReference: z.string().optional(),
      lastFailure: z.string().optional(),
    }),
  ),
  push: z.object({ attempts: z.number(), lastFailure: z.string().optional() }).optional(),
})

function channelView(delivery: ChannelDelivery) {
  const head = { channel: delivery.channel, status: channelStatus(delivery) }
  return isDelivered(delivery)
    ? { ...head, deliveredAt: delivery.delivered.at, channelReference: delivery.delivered.reference }
    : { ...head, lastFailure: delivery.failure }
}

function planView(plan: PublishedPlan) {
  const { planId, regionCode, unitId, version, digest, status, heardAt, deliveries } = plan
  return {
    planId,
    regionCode,
    unitId,
    version,
    digest,
    status,
    heardAt,
    channels: deliveries.map(channelView),
    ...(plan.status === 'pending' ? { push: { attempts: plan.push.attempts, lastFailure: plan.push.failure } } : {}),
  }
}

/** Published plans on their way to the channels of their policy (PLN-08), as their units and overseers see them. */
export const publishedPlanRoutes = ({ plans }: { readonly plans: PublishedPlans }): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/published-plans',
    summary: 'Published plans of the own unit, or of the region and below for overseers, with how far each channel is',
    roles: readers,
    query: z.object({ status: planSchema.shape.status.optional(), ...pageQuery }),
    responses: { 200: pageOf(planSchema) },
    handler: async ({ principal, query: { limit, after, ...query } }) => {
      const found = await listPublishedPlans(plans, principal, query, { limit: limit + 1, after })
      const { items, next } = page(found, limit, ({ planId }) => planId)
      return { status: 200, body: { items: items.map(planView), next } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/published-plans/:planId',
    summary: 'One published plan with how far each channel is',
    roles: readers,
    params: z.object({ planId: z.string() }),
    responses: { 200: planSchema },
    handler: async ({ principal, params }) => ({ status: 200, body: planView(await readPublishedPlan(plans, principal, params.planId)) }),
  }),
]
