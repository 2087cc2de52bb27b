import { events } from '@dual-random/contracts'
import { type Instant, instantOf } from '@dual-random/kernel'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import { hearDelivery } from '../app/hear-delivery.ts'
import type { Ports } from '../app/ports.ts'

const { publishedPlanDelivered, publishedPlanUndelivered } = events.publication

const instant = (text: string | undefined): Instant => instantOf(Date.parse(text ?? ''))

/** What became of published versions at their channels: the proof that they are there (PLN-08). */
export const onPlanDelivery = (store: Store, ports: Pick<Ports, 'plans'>): Subscription =>
  processSubscription(store, {
    topic: publishedPlanDelivered.topic,
    on: [
      handler(publishedPlanDelivered, ({ planId, planVersion, digest, channel, channelReference, deliveredAt }) =>
        hearDelivery(ports, planId, {
          version: planVersion,
          digest,
          delivery: { channel, deliveredAt: instant(deliveredAt), reference: channelReference },
        }),
      ),
      handler(publishedPlanUndelivered, ({ planId, planVersion, digest, channel, failure, toldAt }) =>
        hearDelivery(ports, planId, {
          version: planVersion,
          digest,
          delivery: { channel, undeliveredSince: instant(toldAt), failure },
        }),
      ),
    ],
  })
