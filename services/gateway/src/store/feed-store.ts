import { documents, type Store } from '@dual-random/mongo'
import type { FeedReader } from '../app/feed-source.ts'
import type { FeedEntry } from '../domain/feed.ts'

interface FeedDocument extends FeedEntry {
  /** `<system time>|<event id>`: what a reader resumes from. */
  readonly position: string
  readonly storedAt: Date
}

export interface FeedStore extends FeedReader {
  add(entry: FeedEntry): Promise<void>
}

const keptSeconds = 72 * 3600

/** The last three days of public events; older ones are read from the public routes of their services. */
export function feedStore(store: Store): FeedStore {
  const entries = documents<FeedDocument>(store, {
    collection: 'feed_entries',
    indexes: [
      { fields: { position: 1 }, unique: true },
      { fields: { storedAt: 1 }, expireAfterSeconds: keptSeconds },
    ],
  })
  return {
    add: async (entry) => {
      const storedAt = new Date()
      await entries.insertMissing([{ ...entry, storedAt, position: `${storedAt.toISOString()}|${entry.id}` }])
    },
    after: (position, limit) => entries.find({ position: { $gt: position } }, { sort: { position: 1 }, limit }),
    end: () => new Date().toISOString(),
  }
}
