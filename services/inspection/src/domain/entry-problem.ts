/** One thing wrong with an entry: a JSON pointer into it, a code of the catalogue, and what the text of the code names. */
export interface EntryProblem {
  readonly pointer: string
  readonly code:
    | 'missing-field'
    | 'unknown-value'
    | 'unknown-result-type'
    | 'result-type-of-other-edition'
    | 'sub-value-required'
    | 'unknown-sub-value'
    | 'due-date-required'
    | 'free-text-required'
    | 'detail-not-of-type'
    | 'correction-before-check'
    | 'instant-in-future'
    | 'contact-attempts-short'
    | 'on-site-reason-missing'
  readonly meta: Readonly<Record<string, string | number>>
}

export const missing = (pointer: string): EntryProblem => ({ pointer, code: 'missing-field', meta: {} })

export const unknown = (pointer: string, value: string): EntryProblem => ({ pointer, code: 'unknown-value', meta: { value } })
