import { describe, expect, it } from 'vitest'
import { endedByClock, patientConfig, withAnswers } from './again.ts'
import { strykerConfig } from './stryker-config.ts'
import type { Mutant } from './stryker-report.ts'

const mutant = (after: string, fate: Mutant['fate']): Mutant => ({
  file: 'libs/x/src/a.ts',
  line: 3,
  in: 'if (a > 1) {',
  before: 'a > 1',
  after,
  range: '3:6-3:11',
  kind: 'EqualityOperator',
  fate,
})

describe('changes that ran out of time', () => {
  const first = [mutant('slow', 'timeout'), mutant('x', 'killed'), mutant('y', 'survived')]
  const late = endedByClock(first)

  it('are run again, alone, with a minute each', () => {
    const config = strykerConfig(['libs/x/src/a.ts'], 4, { stryker: '/s', json: '/a.json', html: '/a.html' }, false)
    expect(patientConfig(config, late)).toEqual({ ...config, mutate: ['libs/x/src/a.ts:3:6-3:11'], concurrency: 1, timeoutMS: 60_000 })
  })

  it('are what the second run says of them, which says nothing of others', () => {
    const fates = (...found: readonly Mutant[]) => withAnswers(first, late, found).map(({ fate }) => fate)
    expect(fates(mutant('slow', 'survived'), mutant('x', 'survived'), mutant('y', 'killed'))).toEqual(['survived', 'killed', 'survived'])
    expect(fates(mutant('slow', 'timeout'))).toEqual(['timeout', 'killed', 'survived'])
    expect(fates()).toEqual(['timeout', 'killed', 'survived'])
  })
})
