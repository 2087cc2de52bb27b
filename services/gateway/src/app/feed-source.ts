import type { FeedEntry } from '../domain/feed.ts'

export interface PositionedFeedEntry extends FeedEntry {
  readonly position: string
}

export interface FeedReader {
  /** The entries after one position up to another, in order. */
  between(after: string, upTo: string, limit: number): Promise<readonly PositionedFeedEntry[]>
  /** Nothing will be added at or before this position any more. */
  settled(): string
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

  /** Whoever has caught up stands at the same position, so that a poll is one reading however many follow. */
  const readAll = async (): Promise<void> => {
    const upTo = reader.settled()
    const pages = new Map<string, readonly PositionedFeedEntry[]>()
    for (const follower of followers) {
      if (follower.position >= upTo) continue
      const page = pages.get(follower.position) ?? (await reader.between(follower.position, upTo, pageSize))
      pages.set(follower.position, page)
      // Who left during the reading has no open response any more.
      if (!followers.has(follower)) continue
      follower.position = (page.length === pageSize ? page.at(-1)?.position : undefined) ?? upTo
      for (const entry of page) follower.onEntry(entry)
    }
  }

  const poll = async (): Promise<void> => {
    if (polling) return
    polling = true
    try {
      await readAll()
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
