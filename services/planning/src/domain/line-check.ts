/** A check of a line without a draw, as inspection told of it; `mark` is the same for every check of one object in one line. */
export interface LineCheck {
  readonly planId: string
  readonly lineId: string
  /** Of key supervision, and of nothing else (TGT-05). */
  readonly matterId?: string
  readonly mark: string
  readonly completed: boolean
}
