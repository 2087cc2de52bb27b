import { describe, expect, it } from 'vitest'
import { type Accepted, judge } from './accepted.ts'
import type { Mutant } from './stryker-report.ts'

const mutant = (changes: Partial<Mutant> = {}): Mutant => ({
  file: 'a.ts',
  line: 3,
  in: 'if (a > 1) {',
  before: 'a > 1',
  after: 'a >= 1',
  range: '3:6-3:11',
  kind: 'EqualityOperator',
  fate: 'survived',
  ...changes,
})
const entry = (changes: Partial<Accepted> = {}): Accepted => ({
  file: 'a.ts',
  in: 'if (a > 1) {',
  before: 'a > 1',
  after: 'a >= 1',
  reason: 'a is never 1',
  ...changes,
})

describe('judging a run', () => {
  it('lists what survived or was not reached, and nothing else', () => {
    const fates = ['killed', 'timeout', 'survived', 'not-reached', 'not-counted'] as const
    const { survivors } = judge(
      fates.map((fate) => mutant({ fate, after: fate })),
      [],
    )
    expect(survivors.map(({ fate }) => fate)).toEqual(['survived', 'not-reached'])
  })

  it('finds an accepted change wherever its line has moved to', () => {
    expect(judge([mutant({ line: 90 })], [entry()])).toEqual({
      survivors: [],
      accepted: [mutant({ line: 90 })].map((each) => ({ ...each, reason: 'a is never 1' })),
      stale: [],
    })
  })

  it.each([{ file: 'b.ts' }, { in: 'if (b > 1) {' }, { before: 'b > 1' }, { after: 'true' }])('%j is another change', (other) => {
    expect(judge([mutant(), mutant({ file: 'b.ts', after: 'other' })], [entry(other)])).toMatchObject({
      survivors: [{ line: 3, after: 'a >= 1' }, { after: 'other' }],
      accepted: [],
      stale: [other],
    })
  })

  it('an entry is stale once a test notices its change, and is not judged where its file was not run', () => {
    expect(judge([mutant({ fate: 'killed' })], [entry()]).stale).toEqual([entry()])
    expect(judge([mutant({ file: 'b.ts' })], [entry()]).stale).toEqual([])
  })
})
