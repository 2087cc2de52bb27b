import type { ChannelDelivery, Publication } from '../domain/plan.ts'

/** Of each channel that policy names, whether the version is there (PLN-08). */
export const deliveriesView = ({ channels, deliveries = [] }: Publication) =>
  channels.map((channel) =>
    deliveryView(
      channel,
      deliveries.find((each) => each.channel === channel),
    ),
  )

function deliveryView(channel: string, delivery: ChannelDelivery | undefined) {
  if (delivery === undefined) return { channel, status: 'PENDING' as const }
  if ('failure' in delivery) {
    const { undeliveredSince, failure } = delivery
    return { channel, status: 'UNDELIVERED' as const, undeliveredSince, failure }
  }
  return { channel, status: 'DELIVERED' as const, deliveredAt: delivery.deliveredAt, reference: delivery.reference }
}

/** The same for the public: what keeps a version from a channel is for offices alone. */
export const publicDeliveriesView = (publication: Publication) =>
  deliveriesView(publication).map((view) => (view.status === 'DELIVERED' ? view : { channel: view.channel, status: 'PENDING' as const }))
