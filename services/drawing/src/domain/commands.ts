import type { Instant } from '@dual-random/kernel'
import type {
  ClosingRecord,
  CommitmentRecord,
  DrawStatus,
  FreezeRequest,
  MatchingRecord,
  SnapshotRecord,
  TranscriptRecord,
} from './draw.ts'

/** Every command names what has been done outside already: files are stored and log entries are in before it is decided. */
export type DrawCommand =
  | { readonly type: 'freeze'; readonly request: FreezeRequest; readonly snapshot: SnapshotRecord }
  /** Fixes S before its log entry is asked for, so that a crash resumes the same S. */
  | { readonly type: 'prepare'; readonly commitment: CommitmentRecord; readonly now: Instant }
  | { readonly type: 'commit'; readonly digest: string }
  | { readonly type: 'draw'; readonly transcript: TranscriptRecord }
  | { readonly type: 'match'; readonly matching: MatchingRecord }
  | { readonly type: 'close'; readonly closing: ClosingRecord; readonly now: Instant }
  | { readonly type: 'void'; readonly reason: string }

export type DrawEvent =
  | { readonly type: 'frozen'; readonly request: FreezeRequest; readonly snapshot: SnapshotRecord }
  | { readonly type: 'prepared'; readonly commitment: CommitmentRecord }
  | { readonly type: 'committed'; readonly commitment: CommitmentRecord }
  | { readonly type: 'drawn'; readonly transcript: TranscriptRecord }
  | { readonly type: 'matched'; readonly matching: MatchingRecord }
  | { readonly type: 'closed'; readonly closing: ClosingRecord }
  | { readonly type: 'voided'; readonly reason: string }

export type DrawError =
  | { readonly code: 'draw-void' }
  | { readonly code: 'draw-not-committed'; readonly status: DrawStatus }
  | { readonly code: 'draw-not-matched'; readonly status: DrawStatus }
  | { readonly code: 'draw-already-drawn'; readonly status: DrawStatus }
  | { readonly code: 'close-not-due'; readonly at: Instant }
