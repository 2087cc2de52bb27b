import type { EntryKind } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'

/** What a copy of a log remembers of one draw, so that the next line can be judged. */
export interface DrawRecord {
  readonly kinds: ReadonlySet<EntryKind>
  /** unitId → tip, as they entered before S. */
  readonly tips: ReadonlyMap<string, string>
  readonly revealed: ReadonlySet<string>
  readonly snapshotDigest?: string
  readonly commitment?: { readonly digest: string; readonly deadline: Instant }
}

export const emptyDraw: DrawRecord = { kinds: new Set(), tips: new Map(), revealed: new Set() }

/** What must stand in the log before; the order of a draw's life (§7). */
export const neededBefore: Readonly<Partial<Record<EntryKind, EntryKind>>> = {
  commitment: 'snapshot',
  reveal: 'commitment',
  transcript: 'commitment',
  match: 'transcript',
  closed: 'match',
}

/** Kinds of which a draw has one: a second one would be a second draw. */
export const onlyOnce: ReadonlySet<EntryKind> = new Set<EntryKind>(['snapshot', 'commitment', 'transcript', 'match', 'void', 'closed'])
