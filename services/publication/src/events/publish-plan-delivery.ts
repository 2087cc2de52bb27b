import { events } from '@dual-random/contracts'
import type { Instant } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import { type ChannelDelivery, isDelivered, type PublishedPlan } from '../domain/published-plan.ts'

const { publishedPlanDelivered, publishedPlanUndelivered } = events.publication

/** The proof that a version is on a channel, or that somebody has to see to it. */
export function tellPlanDelivery(plan: PublishedPlan, delivery: ChannelDelivery, at: Instant): NewEvent {
  const { planId, regionCode, unitId, version, digest } = plan
  const head = { planId, regionCode, unitId, planVersion: version, digest, channel: delivery.channel }
  if (!isDelivered(delivery)) return newEvent(publishedPlanUndelivered, { ...head, failure: delivery.failure, toldAt: at })
  const { delivered } = delivery
  return newEvent(publishedPlanDelivered, { ...head, channelReference: delivered.reference, deliveredAt: delivered.at })
}
