import type { EntryKind } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import type { FailureReason } from './records.ts'

/** Why a witness does not cosign (docs/draw-protocol.md §15). `seq` is the line it stumbled over. */
export type WitnessRefusal =
  | { readonly code: 'other-region' }
  /** Lines are missing between what the witness holds and what it was given. */
  | { readonly code: 'gap'; readonly expected: number }
  /** The log's keeper signed another log than the one this witness holds. */
  | { readonly code: 'fork'; readonly seq: number }
  | {
      readonly code: 'broken-log'
      readonly seq: number
      readonly part: 'seq' | 'head' | 'genesis' | 'digest' | 'record'
      readonly pointer: string
    }
  | { readonly code: 'bad-signature'; readonly seq: number; readonly keyId: string }
  | { readonly code: 'bad-checkpoint'; readonly keyId: string }
  /** No key of that name with the role that such an entry needs stood in the log before. */
  | { readonly code: 'unknown-key'; readonly seq: number; readonly keyId: string }
  | { readonly code: 'key-taken'; readonly seq: number; readonly keyId: string }
  /** A definition of public numbers that stands in the log already. */
  | { readonly code: 'definition-taken'; readonly seq: number }
  | { readonly code: 'second-entry'; readonly seq: number; readonly kind: EntryKind }
  | { readonly code: 'out-of-order'; readonly seq: number; readonly kind: EntryKind; readonly needs: EntryKind }
  | { readonly code: 'wrong-commitment'; readonly seq: number; readonly pointer: string }
  /**
   * The superior has not approved it, or approved another order of a redraw, and it is a redraw, or a draw that it takes the place of did not end before anybody could know its result (§19). `void`
   * is the line of a void that may have been in time: whoever shows that a quorum held it needs no approval.
   */
  | { readonly code: 'not-approved'; readonly seq: number; readonly void?: number }
  /** A transcript of an attempt after the next was frozen: it had come to nothing (§19). */
  | { readonly code: 'after-next-attempt'; readonly seq: number }
  | { readonly code: 'round-too-near'; readonly seq: number; readonly deadline: Instant }
  /** Nobody says of a draw that it failed before 7 days after its last round (§24). */
  | { readonly code: 'failed-too-early'; readonly seq: number; readonly at: Instant }
  /** What it is said to have lost it no longer needed. */
  | { readonly code: 'failed-too-late'; readonly seq: number; readonly reason: FailureReason }
  /** A draw that failed goes on no more. */
  | { readonly code: 'after-failed'; readonly seq: number; readonly kind: EntryKind }
  | { readonly code: 'bad-reveal' | 'bad-audit' | 'bad-numbers'; readonly seq: number; readonly pointer: string }
