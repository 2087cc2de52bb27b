/** Cells that stand as one, rows and columns from 0, the last ones included. */
export interface MergedCells {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

export type SheetRowKind = 'title' | 'aside' | 'header' | 'body' | 'footer'

/** A row with a cell for every column; what a merged cell covers is empty. */
export interface SheetRow {
  readonly kind: SheetRowKind
  readonly cells: readonly string[]
}

/** A table laid out for people: one of the writers makes a file of it. */
export interface Sheet {
  /** What its tab is called, at most 20 characters without any of `\ / ? * [ ] :`. */
  readonly name: string
  /** How wide each column is, in characters of a Latin text. */
  readonly widths: readonly number[]
  readonly rows: readonly SheetRow[]
  readonly merged: readonly MergedCells[]
}
