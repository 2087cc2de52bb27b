import { addMs, type Instant } from '@dual-random/kernel'

/** Last applied seq of one source aggregate. */
export interface InboxEntry {
  /** `<topic>/<aggregate id>` */
  readonly source: string
  readonly seq: number
  /** System time. */
  readonly at: Instant
}

/**
 * An entry has to last until the mark on the process document has caught up with it: after a crash in between until the event comes
 * again, at once or, parked, within minutes. A busy aggregate may hear of many sources in that time.
 */
const keptMs = 3_600_000

/** Sources remembered however long ago they were heard of, and however many were heard of since. */
const bounds = { least: 256, most: 4096 }

export const inboxMark = (inbox: readonly InboxEntry[] | undefined, source: string): number =>
  inbox?.find((entry) => entry.source === source)?.seq ?? 0

/** The inbox with the mark of that source advanced, the most recent last, the oldest dropped once they have lasted long enough. */
export function advancedInbox(inbox: readonly InboxEntry[] | undefined, source: string, seq: number, now: Instant): readonly InboxEntry[] {
  const entries = [...(inbox ?? []).filter((entry) => entry.source !== source), { source, seq, at: now }]
  const since = addMs(now, -keptMs)
  const young = entries.findIndex(({ at }) => at > since)
  const kept = Math.min(bounds.most, Math.max(bounds.least, entries.length - young))
  return entries.slice(-kept)
}
