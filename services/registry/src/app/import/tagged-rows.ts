import type { ImportProblem } from '@dual-random/tables'
import type { RetiredTag } from '../../domain/tag.ts'
import type { Origin } from '../../domain/versions.ts'
import type { Caller } from '../ports.ts'
import { retiredTagFault } from '../registers/fields.ts'
import type { KnownLists } from '../tag-book.ts'

/** What holds of every row of a file whose rows say the tags of objects. */
export interface TaggedRows {
  readonly caller: Caller
  readonly origin: Origin
  readonly known: KnownLists
}

/** The problem of a row that would give a new tag of a retired dimension. */
export const retiredTagProblem = (line: number, column: string, retired: RetiredTag): ImportProblem => ({
  line,
  column,
  value: retired.tag,
  ...retiredTagFault(retired),
})
