import type { Instant, UnitId } from '@dual-random/kernel'
import type {
  Audit,
  ClosingRecord,
  CommitmentRecord,
  DrawStatus,
  Failure,
  FreezeRequest,
  MatchingRecord,
  SnapshotRecord,
  TranscriptRecord,
} from './draw.ts'
import type { ApprovedOrder, RedrawGround, RedrawOrder, RedrawProposal, RejectedOrder } from './redraw.ts'

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
  | { readonly type: 'fail'; readonly failure: Failure }
  | { readonly type: 'audit'; readonly audit: Audit }
  /** Grounds that join an order of the same purpose while that waits for its approval; none that an order has already. `ended` has the orders whose redraw was matched or given up. */
  | { readonly type: 'propose-redraw'; readonly proposal: RedrawProposal; readonly ended?: ReadonlySet<number> }
  /** A recusal was rejected: what waits for approval because of it goes. */
  | { readonly type: 'drop-recusal'; readonly recusalId: string; readonly at: Instant }
  /** Without the grounds that have lapsed. */
  | {
      readonly type: 'approve-redraw'
      readonly order: number
      readonly lapsed: readonly RedrawGround[]
      readonly by: string
      readonly unitId: UnitId
      readonly at: Instant
    }
  | { readonly type: 'reject-redraw'; readonly order: number; readonly by: string; readonly reason: string; readonly at: Instant }

export type DrawEvent =
  | { readonly type: 'frozen'; readonly request: FreezeRequest; readonly snapshot: SnapshotRecord }
  | { readonly type: 'prepared'; readonly commitment: CommitmentRecord }
  | { readonly type: 'committed'; readonly commitment: CommitmentRecord }
  | { readonly type: 'drawn'; readonly transcript: TranscriptRecord }
  | { readonly type: 'matched'; readonly matching: MatchingRecord }
  | { readonly type: 'closed'; readonly closing: ClosingRecord }
  | { readonly type: 'voided'; readonly reason: string }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'audited'; readonly audit: Audit }
  | { readonly type: 'redraw-proposed'; readonly order: RedrawOrder }
  | { readonly type: 'redraw-changed'; readonly order: RedrawOrder }
  | { readonly type: 'redraw-approved'; readonly order: ApprovedOrder }
  | { readonly type: 'redraw-rejected'; readonly order: RejectedOrder }

export type DrawError =
  | { readonly code: 'draw-void' }
  | { readonly code: 'draw-failed' }
  /** What is said to be lost it needs no more. */
  | { readonly code: 'failed-too-late'; readonly reason: Failure['reason']; readonly status: DrawStatus }
  | { readonly code: 'draw-not-committed'; readonly status: DrawStatus }
  | { readonly code: 'draw-not-matched'; readonly status: DrawStatus }
  | { readonly code: 'draw-already-drawn'; readonly status: DrawStatus }
  | { readonly code: 'audit-by-organiser' }
  | { readonly code: 'close-not-due'; readonly at: Instant }
  | { readonly code: 'redraw-of-redraw' }
  | { readonly code: 'redraw-unknown'; readonly order: number }
  | { readonly code: 'redraw-waiting'; readonly order: number }
  | { readonly code: 'redraw-decided'; readonly order: number; readonly status: RedrawOrder['status'] }
