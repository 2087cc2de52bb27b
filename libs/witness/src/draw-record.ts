import type { EntryKind } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import type { FailureReason, NumbersRecord } from './records.ts'

/** What a copy of a log remembers of one draw, so that the next line can be judged. */
export interface DrawRecord {
  readonly kinds: ReadonlySet<EntryKind>
  /** unitId → tip, as they entered before S. */
  readonly tips: ReadonlyMap<string, string>
  readonly revealed: ReadonlySet<string>
  /** Of its approvals, what each names as its order (§19). */
  readonly approved: ReadonlySet<string | null>
  /** Units that audited it (§22). */
  readonly audited: ReadonlySet<string>
  readonly snapshot?: { readonly seq: number; readonly digest: string }
  readonly commitment?: {
    readonly seq: number
    readonly digest: string
    readonly deadline: Instant
    /** From when the draw may be said to have failed; milliseconds since 1970. */
    readonly failableMs: bigint
    readonly organiserUnitId: string
    /** The attempt after it, by its drawId; none in the log of a city that does not organise the draw. */
    readonly next?: string
    /** Public numbers that it waits for; none in the log of a city that does not organise the draw. */
    readonly sources: readonly string[]
  }
  /** What units typed of them, in the order of the log. */
  readonly numbers: readonly NumbersRecord[]
  readonly transcript?: { readonly seq: number; readonly digest: string }
  readonly match?: { readonly seq: number; readonly digest: string }
  /** `heldAt`: when whoever holds the copy first held the line, by its own clock; undefined where it cannot say. */
  readonly void?: { readonly seq: number; readonly heldAt: Instant | undefined }
  /** The superior said that it cannot be ended (§24). */
  readonly failed?: { readonly seq: number; readonly digest: string }
}

export const emptyDraw: DrawRecord = {
  kinds: new Set(),
  tips: new Map(),
  revealed: new Set(),
  approved: new Set(),
  audited: new Set(),
  numbers: [],
}

/** What must stand in the log before; the order of a draw's life (§7). */
export const neededBefore: Readonly<Partial<Record<EntryKind, EntryKind>>> = {
  commitment: 'snapshot',
  reveal: 'commitment',
  numbers: 'commitment',
  transcript: 'commitment',
  match: 'transcript',
  audited: 'match',
  closed: 'match',
  failed: 'commitment',
}

/** Kinds of which a draw has one: a second one would be a second draw. */
export const onlyOnce: ReadonlySet<EntryKind> = new Set<EntryKind>([
  'snapshot',
  'commitment',
  'transcript',
  'match',
  'void',
  'closed',
  'failed',
])

/** §24: the entry after which a draw no longer fails for a reason: by its transcript it had its rounds, and no void; by its match it had key and private files. */
export const failsBefore: Readonly<Record<FailureReason, 'transcript' | 'match'>> = {
  'beacon-lost': 'transcript',
  'key-lost': 'match',
  'data-lost': 'match',
  'void-undecided': 'transcript',
}

/**
 * §24: what the log lacks, or has too much, for a draw to fail for a reason; undefined where it may. `had` are the kinds of its entries in the log's order,
 * its commitment among them: a void before that has its effect at once, and leaves nothing undecided.
 */
export function failureFault(reason: FailureReason, had: Iterable<EntryKind>): 'no-void' | 'too-late' | undefined {
  const kinds = [...had]
  if (reason === 'void-undecided' && kinds.indexOf('void') < kinds.indexOf('commitment')) return 'no-void'
  return kinds.includes(failsBefore[reason]) ? 'too-late' : undefined
}
