/**
 * One row of the import report: what is wrong, where, and what the person who keeps the file can do about it.
 * `line` is the physical line of the file on which the record starts, from 1; `code` is stable kebab-case; `reason` and `action` are Chinese.
 */
export interface ImportProblem {
  readonly line: number
  readonly column?: string
  readonly value?: string
  readonly code: string
  readonly reason: string
  readonly action: string
}
