/** A good entry of one item. */
export const entryOf = (itemCode: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  itemCode,
  resultType: 'NO_PROBLEM',
  methods: ['ON_SITE'],
  recordForm: { form: 'SCJG-JC-01/2024', entries: [{ point: '营业执照公示', finding: '符合要求' }] },
  ...changes,
})

export const toCorrect = { resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20' }

export interface TaskAnswer {
  readonly taskId: string
  readonly taskNumber: string
  readonly unitId: string
  readonly visitId: string
  readonly object: { readonly objectId: string; readonly code: string; readonly name: string }
  readonly items: readonly { readonly itemCode: string; readonly itemName: string; readonly result?: { readonly enteredLate: boolean } }[]
  readonly team: {
    readonly members: readonly {
      readonly inspectorId: string
      readonly subject: string
      readonly leader: boolean
      readonly unitId: string
    }[]
    readonly short: boolean
    readonly experts: readonly unknown[]
  }
  readonly status: string
  readonly completedAt?: string
  readonly notCompleted?: { readonly reason: string }
}

export interface Paged<T> {
  readonly items: readonly T[]
  readonly next?: string
}

export interface ProblemAnswer {
  readonly code: string
  readonly detail?: string
  readonly errors?: readonly { readonly pointer: string; readonly code: string }[]
}

export const pointersOf = ({ errors = [] }: ProblemAnswer): readonly string[] => errors.map(({ pointer, code }) => `${pointer} ${code}`)
