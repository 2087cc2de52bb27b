import { describe, expect, it } from 'vitest'
import { judge } from './accepted.ts'
import { reportText, scoreOf, summaryText } from './report.ts'
import type { Mutant } from './stryker-report.ts'

const mutant = (fate: Mutant['fate'], changes: Partial<Mutant> = {}): Mutant => ({
  file: 'libs/x/src/a.ts',
  line: 3,
  in: 'if (a > 1) {',
  before: 'a > 1',
  after: 'a >= 1',
  range: '3:6-3:11',
  kind: 'EqualityOperator',
  fate,
  ...changes,
})
const many = (count: number, fate: Mutant['fate']) => Array.from({ length: count }, () => mutant(fate))

describe('score', () => {
  it('counts what the tests notice among all that counts, a hanging change with them', () => {
    expect(
      scoreOf([...many(6, 'killed'), ...many(2, 'timeout'), mutant('survived'), mutant('not-reached'), ...many(9, 'not-counted')]),
    ).toEqual({
      killed: 6,
      timeout: 2,
      survived: 1,
      notReached: 1,
      percent: 80,
    })
  })

  it('is rounded down, so that 79.99 % is not 80', () => {
    expect(scoreOf([...many(7999, 'killed'), ...many(2001, 'survived')]).percent).toBe(79.9)
  })

  it('is whole where nothing can be changed', () => {
    expect(scoreOf([]).percent).toBe(100)
  })
})

describe('report', () => {
  const mutants = [
    mutant('killed'),
    mutant('survived', { after: '' }),
    mutant('survived', { line: 9, in: 'b', before: '`b`', after: 'c' }),
    mutant('not-reached', { file: 'libs/x/src/b.ts', before: 'd', after: 'e' }),
  ]
  const entries = [
    { file: 'libs/x/src/a.ts', in: 'b', before: '`b`', after: 'c', reason: 'cannot be seen' },
    { file: 'libs/x/src/a.ts', in: 'gone', before: 'f', after: 'g', reason: 'was so once' },
  ]

  it('has a row per file, the survivors with line, before and after, the accepted with their reason, the stale entries', () => {
    expect(reportText('libs/x/src', mutants, judge(mutants, entries)).split('\n')).toEqual([
      '# Mutation run: libs/x/src',
      '',
      '| file | score | killed | timed out | survived | not reached |',
      '|---|---|---|---|---|---|',
      '| a.ts | 33.3 % | 1 | 0 | 2 | 0 |',
      '| b.ts | 0 % | 0 | 0 | 0 | 1 |',
      '| **all** | 25 % | 1 | 0 | 2 | 1 |',
      '',
      '## Survivors without a reason: 2',
      '',
      '### libs/x/src/a.ts',
      '',
      '- line 3: `a > 1` → `(nothing)`',
      '',
      '### libs/x/src/b.ts',
      '',
      '- line 3: `d` → `e` (no test reaches it)',
      '',
      '## Accepted: 1',
      '',
      '### libs/x/src/a.ts',
      '',
      "- line 9: `'b'` → `c`: cannot be seen",
      '',
      '## Stale entries of accepted.json: 1',
      '',
      '- libs/x/src/a.ts: `f` → `g`',
      '',
    ])
  })

  it('says nothing of stale entries where there are none', () => {
    expect(reportText('libs/x/src', mutants, judge(mutants, []))).not.toContain('Stale')
  })
})

describe('the table of a run', () => {
  it('has a row per area: when it was run, changes, killed, survived, how many of the survivors have a reason, score', () => {
    const score = scoreOf([...many(6, 'killed'), ...many(2, 'timeout'), mutant('survived'), mutant('not-reached'), mutant('not-counted')])
    expect(
      summaryText([
        { folder: 'libs/x/src', at: '2026-11-20T16:30:00.000Z', score, accepted: 1 },
        { folder: 'libs/y/src', at: '2026-11-21T09:00:00.000Z', score: scoreOf(many(3, 'killed')), accepted: 0 },
      ]),
    ).toBe(
      [
        '| area | run | changes | killed | survived | of these accepted | without a reason | score |',
        '|---|---|---|---|---|---|---|---|',
        '| libs/x/src | 2026-11-20 | 10 | 8 | 2 | 1 | 1 | 80 % |',
        '| libs/y/src | 2026-11-21 | 3 | 3 | 0 | 0 | 0 | 100 % |',
        '',
      ].join('\n'),
    )
  })
})
