import type { Instant } from '@dual-random/kernel'

/** One public event as departments and citizens see it. `id` is the CloudEvents id, by which a reader drops repeats. */
export interface FeedEntry {
  readonly id: string
  readonly type: string
  /** The aggregate that the event is about. */
  readonly subject: string
  readonly regionCode: string
  readonly at: Instant
  readonly data: unknown
}

export interface FeedFilter {
  readonly regionPrefix: string | undefined
  readonly types: readonly string[] | undefined
}

export const passes = ({ regionPrefix, types }: FeedFilter, entry: FeedEntry): boolean =>
  (regionPrefix === undefined || entry.regionCode.startsWith(regionPrefix)) && (types === undefined || types.includes(entry.type))
