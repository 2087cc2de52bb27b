/** A draw as drawing tells it to anyone: services/drawing/README.md, PublicDraw. */
export interface PublicDraw {
  readonly drawId: string
  readonly regionCode: string
  readonly unitId: string
  /** Of a draw for a line of a plan, with its digest. */
  readonly planId?: string
  readonly lineId?: string
  readonly lineDigest?: string
  /** Of a targeted draw (DRW-25): the task on clues and its clues, by ids that name nobody. */
  readonly clueTask?: { readonly taskId: string; readonly clueIds: readonly string[]; readonly digest: string }
  readonly year: number
  readonly taskName: string
  readonly batch: number
  readonly attempt: number
  readonly status: DrawStatus
  readonly asOf: string
  readonly closeAt: string
  readonly window: { readonly start: string; readonly end: string }
  readonly policy: { readonly preset: string; readonly version: number; readonly digest: string }
  readonly snapshotDigest: string
  readonly strata: readonly PublicStratum[]
  readonly commitment?: {
    readonly digest: string
    readonly committedAt: string
    readonly roundAt: string
    readonly beacons: readonly { readonly source: string; readonly round: number; readonly at: string }[]
  }
  readonly transcript?: { readonly digest: string; readonly drawn: number }
  readonly match?: { readonly digest: string }
  readonly closing?: { readonly digest: string; readonly visited: number; readonly notVisited: number }
  readonly voided?: { readonly reason: string }
  /** From the match on: who audited it, and until when somebody has to; `missing` once nobody did (docs/draw-protocol.md §22). */
  readonly audit?: {
    readonly dueAt?: string
    readonly missing: boolean
    readonly done: readonly { readonly unitId: string; readonly at: string; readonly findings: number }[]
  }
  /** Its superior said that it cannot be ended. */
  readonly failed?: { readonly reason: FailureReason; readonly unitId: string; readonly at: string }
  /** Of a draw of several cities, the organiser's first (DRW-26). */
  readonly joint?: {
    readonly merged: boolean
    readonly cities: readonly { readonly regionCode: string; readonly initiatorUnitId: string; readonly snapshotDigest: string }[]
  }
  /** Of a small draw that follows another. */
  readonly redraw?: {
    readonly parentDrawId: string
    readonly number: number
    readonly purpose: RedrawPurpose
    readonly approval: RedrawApproval
  }
  /** Approved redraws of this draw. */
  readonly redraws?: readonly ApprovedRedraw[]
}

export interface ApprovedRedraw extends RedrawApproval {
  readonly number: number
  /** Whose it is, where several cities drew together. */
  readonly regionCode?: string
  readonly purpose: RedrawPurpose
  /** The attempt that stands; only of a draw that was asked for alone. */
  readonly drawId?: string
}

export type RedrawPurpose = 'REPLACEMENT' | 'REMATCH' | 'ESCALATION'

export interface RedrawApproval {
  readonly approvedAt: string
  readonly unitId: string
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
}

export type FailureReason = 'beacon-lost' | 'key-lost' | 'data-lost' | 'void-undecided'

export type DrawStatus = 'FROZEN' | 'COMMITTED' | 'DRAWN' | 'MATCHED' | 'CLOSED' | 'VOID' | 'FAILED'

export interface Share {
  readonly numerator: number
  readonly denominator: number
}

export interface PublicStratum {
  readonly stratum: string
  readonly mapped: number
  readonly eligible: number
  readonly ratio?: Share
  readonly raw?: Share
  readonly drawn?: number
  readonly overshoot?: boolean
}

export interface DrawPage {
  readonly items: readonly PublicDraw[]
  readonly next?: string
}
