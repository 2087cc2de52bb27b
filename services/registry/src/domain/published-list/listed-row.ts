import type { ItemClass } from '../check-item.ts'
import type { SourceText } from './published-list.ts'

/** A text of the table that the register does not take. */
export interface CellRefused {
  readonly column: string
  readonly text: string
  readonly code: string
  readonly reason: string
}

/** What the table says of an item, as far as its cells are certain. */
export interface ListedRow {
  readonly lineNo: number
  readonly line: number
  readonly cells: readonly SourceText[]
  readonly name?: string
  readonly objectScope?: string
  readonly initiator?: string
  readonly participants?: readonly string[]
  readonly legalBasis?: string
  readonly checkContent?: string
  readonly checkMethod?: string
  readonly itemClass?: ItemClass
  readonly refused: Readonly<Partial<Record<string, CellRefused>>>
  /** Fields that the reader of the table still asks about. */
  readonly asked: ReadonlySet<string>
}
