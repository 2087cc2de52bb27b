import type { Subscription } from '@dual-random/messaging'
import type { HistoryNote } from './history.ts'

/** Tells effects from repetitions, which change nothing. */
export function effectNotes(note: (note: HistoryNote) => void): {
  readonly decided: (eventId: string) => void
  readonly noting: (subscription: Subscription) => Subscription
} {
  const decided = new Set<string>()
  return {
    decided: (eventId) => void decided.add(eventId),
    noting: (subscription) => ({
      topic: subscription.topic,
      marks: (aggregateIds) => subscription.marks(aggregateIds),
      handle: async (event) => {
        try {
          await subscription.handle(event)
          if (decided.has(event.id)) note({ effect: event.id, topic: event.topic })
        } finally {
          decided.delete(event.id)
        }
      },
    }),
  }
}
