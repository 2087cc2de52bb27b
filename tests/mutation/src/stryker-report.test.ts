import { describe, expect, it } from 'vitest'
import { mutantsOf, type ReportedMutant } from './stryker-report.ts'

const source = ['const 甲 = 1', 'function f(a: number) {', '  if (a > 1) {', '    return 2', '  }', '}'].join('\n')

const mutant = (
  status: ReportedMutant['status'],
  start: [number, number],
  end: [number, number],
  replacement?: string,
): ReportedMutant => ({
  mutatorName: 'any',
  status,
  location: { start: { line: start[0], column: start[1] }, end: { line: end[0], column: end[1] } },
  ...(replacement === undefined ? {} : { replacement }),
})

const read = (...mutants: ReportedMutant[]) => mutantsOf({ files: { 'b.ts': { source, mutants } } })

describe('changes of a report', () => {
  it('have the text that was changed, on one line', () => {
    expect(read(mutant('Survived', [3, 7], [3, 12], 'a >= 1'))).toEqual([
      {
        file: 'b.ts',
        line: 3,
        in: 'if (a > 1) {',
        before: 'a > 1',
        after: 'a >= 1',
        range: '3:6-3:11',
        kind: 'any',
        fate: 'survived',
      },
    ])
    expect(read(mutant('Killed', [3, 14], [5, 4], '{}'))).toMatchObject([{ before: '{ return 2 }', after: '{}' }])
    expect(read(mutant('Killed', [1, 7], [1, 12]))).toMatchObject([{ before: '甲 = 1', after: '' }])
  })

  it('stand in the order of files and lines', () => {
    const late = mutant('Killed', [3, 7], [3, 12], '1')
    const early = mutant('Killed', [1, 11], [1, 12], '2')
    const files = { 'b.ts': { source, mutants: [late, early] }, 'a.ts': { source, mutants: [late] } }
    expect(mutantsOf({ files }).map(({ file, line }) => `${file}:${line}`)).toEqual(['a.ts:3', 'b.ts:1', 'b.ts:3'])
  })

  it.each([
    ['Killed', 'killed'],
    ['Timeout', 'timeout'],
    ['Survived', 'survived'],
    ['NoCoverage', 'not-reached'],
    ['RuntimeError', 'not-counted'],
    ['CompileError', 'not-counted'],
    ['Ignored', 'not-counted'],
    ['Pending', 'not-counted'],
  ] as const)('%s is %s', (status, fate) => {
    expect(read(mutant(status, [1, 11], [1, 12], '2'))).toMatchObject([{ fate }])
  })

  it('name the test file that noticed them', () => {
    const killed = { ...mutant('Killed', [3, 7], [3, 12], 'a >= 1'), killedBy: ['7'] }
    const tests = [
      { id: '6', name: 'a.test.ts > f' },
      { id: '7', name: 'sub/b.test.ts > f > is 2' },
    ]
    const report = { files: { 'b.ts': { source, mutants: [killed] } }, testFiles: { 'all.test.ts': { tests } } }
    expect(mutantsOf(report)).toMatchObject([{ noticedBy: 'sub/b.test.ts' }])
    expect(read(killed)[0]).not.toHaveProperty('noticedBy')
  })

  it('are noticed as loops where their spot is reached a hundred times as often, and else only ran out of time', () => {
    const timeout = mutant('Timeout', [3, 7], [3, 12], 'true')
    expect(read({ ...timeout, statusReason: 'Hit limit reached (501/500)' })).toMatchObject([{ fate: 'killed' }])
    expect(read(timeout)).toMatchObject([{ fate: 'timeout' }])
  })
})
