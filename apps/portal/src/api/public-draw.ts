/** A draw as drawing tells it to anyone: services/drawing/README.md, PublicDraw. */
export interface PublicDraw {
  readonly drawId: string
  readonly regionCode: string
  readonly unitId: string
  readonly planId: string
  readonly lineId: string
  readonly year: number
  readonly taskName: string
  readonly batch: number
  readonly attempt: number
  readonly status: DrawStatus
  readonly asOf: string
  readonly closeAt: string
  readonly window: { readonly start: string; readonly end: string }
  readonly policy: { readonly preset: string; readonly version: number; readonly digest: string }
  readonly lineDigest: string
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
}

export type DrawStatus = 'FROZEN' | 'COMMITTED' | 'DRAWN' | 'MATCHED' | 'CLOSED' | 'VOID'

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
