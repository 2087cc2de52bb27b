import type { Instant, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { CheckItem } from '../check-item.ts'
import type { ItemPatch } from './item-patch.ts'

/** An answer as given. It is addressed by exactly one of `questionId`, `lineNo` and `code`. */
export interface ListAnswer extends Omit<ItemPatch, 'omit' | 'initiator' | 'participants' | 'checkContentFrom'> {
  readonly questionId?: string
  readonly lineNo?: number
  readonly code?: string
  readonly value?: string | readonly string[]
  readonly initiatorUnitId?: UnitId
  readonly participantUnitIds?: readonly UnitId[]
  readonly note?: string
  readonly reason?: string
  readonly omit?: true
}

/** Something only a person can settle before a published list may become a list version. */
export interface ListQuestion {
  /** `line-<n>/<field>`, `table/<field>`, or `row-<line>/<code>`. */
  readonly questionId: string
  readonly lineNo?: number
  /** Physical line of the file. */
  readonly line: number
  readonly column: string
  readonly cell: string
  readonly field: string
  readonly code: string
  readonly message: string
  /** How a `value` is written; absent where only structured members settle the question. */
  readonly form?: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly accepts: readonly (keyof ListAnswer)[]
}

export interface KeptQuestion extends ListQuestion {
  readonly state: 'OPEN' | 'ANSWERED' | 'MOOT'
}

/** An answer with who gave it and when, what it says of the table and of each row, and the questions it closed. */
export interface RecordedAnswer {
  readonly by: string
  readonly at: Instant
  readonly answer: ListAnswer
  readonly values: Readonly<Record<string, string | readonly string[]>>
  readonly patches: readonly { readonly lineNo: number; readonly patch: ItemPatch }[]
  readonly settled: readonly string[]
}

/** A cell as the table has it. */
export interface SourceText {
  readonly column: string
  readonly text: string
}

/** An item as far as it is settled; `lineNo` counts the rows of the table from 1. */
export interface DraftItem {
  readonly lineNo: number
  readonly line: number
  readonly cells: readonly SourceText[]
  readonly omitted?: string
  readonly known: Partial<CheckItem>
  readonly ready: boolean
}

/** The items and everything open, as resolved at one moment. */
export interface Resolution {
  readonly items: readonly DraftItem[]
  readonly questions: readonly ListQuestion[]
}

export interface TableNoteKept {
  readonly line: number
  readonly column?: string
  readonly code: string
  readonly message: string
}

/** What came of an import: the version of the list, and the code of each row's item by `lineNo`. */
export interface AppliedList {
  readonly by: string
  readonly at: Instant
  readonly listVersion: number
  readonly itemCodes: Readonly<Record<string, string>>
}

/** The import of one published file into one list: the file, every question, every answer. */
export interface PublishedList {
  readonly importId: string
  readonly listId: string
  readonly businessLine: string
  readonly effectiveFrom: LocalDate
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly state: 'OPEN' | 'APPLIED'
  readonly fileName?: string
  /** SHA-256 of the file, its address in the blob store. */
  readonly fileDigest: string
  readonly encoding: string
  readonly receivedAt: Instant
  readonly receivedBy: string
  readonly items: readonly DraftItem[]
  readonly questions: readonly KeptQuestion[]
  readonly answers: readonly RecordedAnswer[]
  readonly notes: readonly TableNoteKept[]
  /** Title, header and footer rows: what of the file is neither an item nor asked about. */
  readonly otherRows: readonly { readonly line: number; readonly text: string }[]
  readonly applied?: AppliedList
}

export const openQuestions = ({ questions }: Pick<PublishedList, 'questions'>): readonly KeptQuestion[] =>
  questions.filter(({ state }) => state === 'OPEN')
