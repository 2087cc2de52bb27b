import type { EventContract } from '@dual-random/contracts'
import { decodePayload, type ReceivedEvent, type Subscription } from '@dual-random/messaging'
import { inboxMarks, isNext } from './inbox-marks.ts'
import type { Store } from './store.ts'

/** What a service does on one event type. */
export interface EventHandler {
  readonly type: string
  run(event: ReceivedEvent): Promise<void>
}

/** Typed handler of an event contract. */
export const handler = <M extends object>(
  contract: EventContract<M>,
  run: (data: M, event: ReceivedEvent) => Promise<void>,
): EventHandler => ({
  type: contract.type,
  run: (event) => run(decodePayload(contract, event), event),
})

export interface ProcessSubscriptionOptions {
  readonly topic: string
  readonly on: readonly EventHandler[]
}

/**
 * Shapes 1→N and 1→1: handlers whose effects are idempotent (children with deterministic ids, aggregates with the mark inside),
 * the mark on the process document last. Event types without a handler only advance the mark.
 */
export function processSubscription(store: Store, { topic, on }: ProcessSubscriptionOptions): Subscription {
  const marks = inboxMarks(store)
  const handlers = new Map(on.map((each) => [each.type, each]))
  return {
    topic,
    handle: async (event) => {
      if (!isNext(event, await marks.read(topic, event.aggregateId))) return
      await handlers.get(event.type)?.run(event)
      await marks.advance(topic, event.aggregateId, event.seq)
    },
    marks: (aggregateIds) => marks.readMany(topic, aggregateIds),
  }
}
