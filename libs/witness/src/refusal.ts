import type { EntryKind } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'

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
  | { readonly code: 'second-entry'; readonly seq: number; readonly kind: EntryKind }
  | { readonly code: 'out-of-order'; readonly seq: number; readonly kind: EntryKind; readonly needs: EntryKind }
  | { readonly code: 'wrong-commitment'; readonly seq: number; readonly pointer: string }
  | { readonly code: 'round-too-near'; readonly seq: number; readonly deadline: Instant }
  | { readonly code: 'bad-reveal'; readonly seq: number; readonly pointer: string }
