import { documents, type Store } from '@dual-random/mongo'
import type { FeedReader } from '../app/feed-source.ts'
import type { FeedEntry } from '../domain/feed.ts'

interface FeedDocument extends FeedEntry {
  /** `<system time>|<event id>`: what a reader resumes from. */
  readonly position: string
  readonly storedAt: Date
}

export interface FeedStore extends FeedReader {
  /** Once per event id. With `hidesEarlier` the earlier entries of its subject are taken out. */
  add(entry: FeedEntry, hidesEarlier: boolean): Promise<void>
}

const keptSeconds = 72 * 3600

/** Longer than an insert takes and the clocks of two copies differ: a position is given before its entry can be read. */
const settleMs = 2000

const stampOf = (epochMs: number): string => new Date(epochMs).toISOString()

/** The last three days of public events; older ones are read from the public routes of their services. */
export function feedStore(store: Store): FeedStore {
  const entries = documents<FeedDocument>(store, {
    collection: 'feed_entries',
    indexes: [
      { fields: { position: 1 }, unique: true },
      { fields: { subject: 1 } },
      { fields: { storedAt: 1 }, expireAfterSeconds: keptSeconds },
    ],
  })
  return {
    add: async (entry, hidesEarlier) => {
      const storedAt = new Date()
      await entries.insertMissing([{ ...entry, storedAt, position: `${storedAt.toISOString()}|${entry.id}` }])
      if (hidesEarlier) await entries.remove({ subject: entry.subject, id: { $ne: entry.id } })
    },
    between: (after, upTo, limit) => entries.find({ position: { $gt: after, $lte: upTo } }, { sort: { position: 1 }, limit }),
    settled: () => stampOf(Date.now() - settleMs),
    end: () => stampOf(Date.now()),
  }
}

/** Whether a text is a position this store gave out. */
export const isFeedPosition = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z(\|.+)?$/.test(text)
