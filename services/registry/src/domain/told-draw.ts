import type { RegionCode } from '@dual-random/kernel'

export type DrawStatus = 'FROZEN' | 'COMMITTED' | 'DRAWN' | 'MATCHED' | 'CLOSED' | 'VOID' | 'FAILED'

/** A draw as drawing told of it, with the year it counts for once it is matched (REG-14). */
export interface ToldDraw {
  readonly drawId: string
  readonly regionCode: RegionCode
  /** The other cities, where several draw together. */
  readonly others?: readonly RegionCode[]
  /** Of a redraw: the draw that it follows. */
  readonly parentDrawId?: string
  readonly status: DrawStatus
  /** Absent before it is matched, of a redraw, which belongs to its draw (DRW-30), and of one that came to nothing. */
  readonly year?: number
}

/** Whether its labels are drawn and public. */
export const isDrawn = (status: DrawStatus | undefined): boolean => status === 'DRAWN' || status === 'MATCHED' || status === 'CLOSED'

/** Whether nobody is to be visited for it any more. */
export const isEnded = (status: DrawStatus | undefined): boolean => status === 'CLOSED' || status === 'VOID' || status === 'FAILED'
