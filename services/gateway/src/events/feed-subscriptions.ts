import { type EventContract, events } from '@dual-random/contracts'
import type { ReceivedEvent, Subscription } from '@dual-random/messaging'
import { type EventHandler, handler, processSubscription, type Store } from '@dual-random/mongo'
import type { FeedEntry } from '../domain/feed.ts'

const { planning, drawing, publication } = events

/** The events that the public may see live, one feed entry each (shape 1→N); everything else of these topics only advances the mark. */
export function feedSubscriptions(store: Store, add: (entry: FeedEntry, hidesEarlier: boolean) => Promise<void>): readonly Subscription[] {
  const entry = <M extends object>(contract: EventContract<M>, hidesEarlier = false): EventHandler =>
    handler(contract, async (data, event) => add(entryOf(event, contract.message.toJSON(data)), hidesEarlier))
  return [
    processSubscription(store, { topic: planning.planPublished.topic, on: [entry(planning.planPublished)] }),
    processSubscription(store, {
      topic: drawing.drawCommitted.topic,
      on: [
        entry(drawing.drawCommitted),
        entry(drawing.drawDrawn),
        entry(drawing.drawMatched),
        entry(drawing.drawClosed),
        entry(drawing.drawVoided),
        entry(drawing.drawFailed),
      ],
    }),
    processSubscription(store, {
      topic: publication.publicationPublished.topic,
      // What is no longer public (PUB-24) is not handed to a reader who resumes either.
      on: [entry(publication.publicationPublished), entry(publication.publicationStopped, true)],
    }),
  ]
}

const entryOf = ({ id, type, aggregateId, regionCode, at }: ReceivedEvent, data: unknown): FeedEntry => ({
  id,
  type,
  subject: aggregateId,
  regionCode,
  at,
  data,
})
