import { describe, expect, it } from 'vitest'
import { configAgain, doubtful, joined } from './again.ts'
import { strykerConfig } from './stryker-config.ts'
import type { ReportedMutant } from './stryker-report.ts'

const mutant = (replacement: string, status: ReportedMutant['status'], statusReason?: string): ReportedMutant => ({
  mutatorName: 'any',
  replacement,
  status,
  location: { start: { line: 3, column: 7 }, end: { line: 4, column: 12 } },
  ...(statusReason === undefined ? {} : { statusReason }),
})
const report = (...mutants: ReportedMutant[]) => ({ files: { 'a.ts': { source: '', mutants } } })

describe('changes that ran out of time', () => {
  const first = report(
    mutant('slow', 'Timeout'),
    mutant('loop', 'Timeout', 'Hit limit reached (501/500)'),
    mutant('x', 'Killed'),
    mutant('y', 'Survived'),
  )

  it('are run again unless they are loops', () => {
    expect(doubtful(first)).toEqual(['a.ts:3:6-4:11'])
  })

  it('are run alone, with a minute each, and no page is written', () => {
    const area = { folder: 'libs/x/src', paths: ['libs/x/src'] }
    const config = strykerConfig(area, 4, { stryker: '/s', json: '/a.json', html: '/a.html' }, false)
    expect(configAgain(config, ['a.ts:3:6-4:11'], '/b.json')).toMatchObject({
      testRunner: config.testRunner,
      mutate: ['a.ts:3:6-4:11'],
      concurrency: 1,
      timeoutMS: 60_000,
      reporters: ['json'],
      jsonReporter: { fileName: '/b.json' },
    })
  })

  it('are what the second run says of them, which says nothing of others', () => {
    const statuses = (second: ReturnType<typeof report>) => joined(first, second).files['a.ts']?.mutants.map(({ status }) => status)
    const second = [mutant('slow', 'Survived'), mutant('loop', 'Survived'), mutant('x', 'Survived'), mutant('y', 'Killed')]
    expect(statuses(report(...second))).toEqual(['Survived', 'Timeout', 'Killed', 'Survived'])
    expect(statuses(report(mutant('slow', 'Timeout')))).toEqual(['Timeout', 'Timeout', 'Killed', 'Survived'])
    expect(joined(first, { files: {} })).toEqual(first)
  })
})
