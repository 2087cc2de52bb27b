import type { Instant } from '@dual-random/kernel'
import type { PlanEvent } from './commands.ts'
import { type ChannelDelivery, isOncePublished, type OncePublishedVersion, type Plan } from './plan.ts'

export interface ToldDelivery {
  readonly version: number
  /** Of the version as it was delivered. */
  readonly digest: string
  readonly delivery: ChannelDelivery
}

/**
 * Takes a delivery onto its version, of a closed plan and of a superseded version as well; no events where it is known. A proof stays what it is.
 * Throws where the plan has no such published version and channel: then somebody else's plan was delivered.
 */
export function tellDelivery(plan: Plan, { version: number, digest, delivery }: ToldDelivery): readonly PlanEvent[] {
  const version = plan.versions.filter(isOncePublished).find((each) => each.number === number)
  if (version?.publication.digest !== digest || !version.publication.channels.includes(delivery.channel))
    throw new Error(`${plan.planId} has no published version ${number} of digest ${digest} for ${delivery.channel}`)
  const before = version.publication.deliveries?.find(({ channel }) => channel === delivery.channel)
  const isKnown = before !== undefined && ('deliveredAt' in before || !('deliveredAt' in delivery))
  return isKnown ? [] : [{ type: 'delivery-told', version: number, delivery }]
}

/** The version with what was told of one of its channels, in the place of what was told before. */
export function withDelivery(version: OncePublishedVersion, delivery: ChannelDelivery): OncePublishedVersion {
  const others = (version.publication.deliveries ?? []).filter(({ channel }) => channel !== delivery.channel)
  return { ...version, publication: { ...version.publication, deliveries: [...others, delivery] } }
}

const toldAt = (delivery: ChannelDelivery): Instant => ('deliveredAt' in delivery ? delivery.deliveredAt : delivery.undeliveredSince)

/** Without what was told after an instant. */
export function deliveriesAsOf<V extends OncePublishedVersion>(version: V, at: Instant): V {
  const { deliveries, ...publication } = version.publication
  if (deliveries === undefined) return version
  const known = deliveries.filter((delivery) => toldAt(delivery) <= at)
  return { ...version, publication: { ...publication, ...(known.length === 0 ? {} : { deliveries: known }) } }
}
