import type { FeedEntry } from '../domain/feed.ts'

export interface PositionedFeedEntry extends FeedEntry {
  readonly position: string
}

export interface FeedReader {
  after(position: string, limit: number): Promise<readonly PositionedFeedEntry[]>
  /** The position of now: what comes later is new. */
  end(): string
}

/** Gives every follower the entries after a position, then each new one. */
export interface FeedSource {
  /** Follows until the returned function is called; without a position only what is new. */
  follow(position: string | undefined, onEntry: (entry: PositionedFeedEntry) => void): () => void
}

interface Follower {
  position: string
  readonly onEntry: (entry: PositionedFeedEntry) => void
}

const pollMs = 1000
const pageSize = 500

/** Reads the store once a second while somebody follows: other copies of the gateway write to it too. */
export function feedSource(reader: FeedReader, onFailure: (error: unknown) => void): FeedSource {
  const followers = new Set<Follower>()
  let timer: NodeJS.Timeout | undefined
  let polling = false

  const poll = async (): Promise<void> => {
    if (polling) return
    polling = true
    try {
      for (const follower of followers) {
        const entries = await reader.after(follower.position, pageSize)
        for (const entry of entries) follower.onEntry(entry)
        follower.position = entries.at(-1)?.position ?? follower.position
      }
    } catch (error) {
      onFailure(error)
    } finally {
      polling = false
    }
  }

  return {
    follow: (position, onEntry) => {
      const follower: Follower = { position: position ?? reader.end(), onEntry }
      followers.add(follower)
      timer ??= setInterval(() => void poll(), pollMs).unref()
      void poll()
      return () => {
        followers.delete(follower)
        if (followers.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}
