/** Last applied seq of one source aggregate. */
export interface InboxEntry {
  /** `<topic>/<aggregate id>` */
  readonly source: string
  readonly seq: number
}

/**
 * How many sources an aggregate remembers. An entry has to last only until the mark on the process document has caught up with it, so
 * the bound lies far above what a group has in hand at once.
 */
const keptSources = 256

export const inboxMark = (inbox: readonly InboxEntry[] | undefined, source: string): number =>
  inbox?.find((entry) => entry.source === source)?.seq ?? 0

/** The inbox with the mark of that source advanced, the most recent last, the oldest dropped beyond the bound. */
export const advancedInbox = (inbox: readonly InboxEntry[] | undefined, source: string, seq: number): readonly InboxEntry[] =>
  [...(inbox ?? []).filter((entry) => entry.source !== source), { source, seq }].slice(-keptSources)
