import type { ReceivedEvent, Subscription } from '@dual-random/messaging'
import { received } from './examples.ts'

/** Hands golden events to a service's own subscriptions, in the order given, as its consumer group would. */
export const hear = (subscriptions: readonly Subscription[], ...names: readonly string[]): Promise<void> =>
  hearEvents(subscriptions, received(...names))

export async function hearEvents(subscriptions: readonly Subscription[], events: readonly ReceivedEvent[]): Promise<void> {
  for (const event of events) {
    const subscription = subscriptions.find(({ topic }) => topic === event.topic)
    if (subscription === undefined) throw new Error(`nobody listens to ${event.topic}`)
    await subscription.handle(event)
  }
}
