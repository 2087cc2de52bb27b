import { describe, expect, it } from 'vitest'
import { readOptions, rulePaths, usage } from './options.ts'

describe('the command line of a mutation run', () => {
  it('names no path: the folders that carry the rules, at 80 %, with two workers', () => {
    expect(readOptions([])).toEqual({ paths: rulePaths, min: 80, workers: 2, again: false })
  })

  it('changes, without a path, whole layers: of the services that register, plan, draw and inspect, and what draws are computed by', () => {
    expect(rulePaths).toEqual(
      expect.arrayContaining([
        'services/registry/src/domain',
        'services/planning/src/domain',
        'services/drawing/src/domain',
        'services/inspection/src/domain',
        'libs/policy/src',
        'libs/draw/src',
      ]),
    )
  })

  it('takes paths as a shell completes them', () => {
    expect(readOptions(['./libs/policy/src/', 'libs/calendar/src', '--min', '90', '--workers', '1', '--again'])).toEqual({
      paths: ['libs/policy/src', 'libs/calendar/src'],
      min: 90,
      workers: 1,
      again: true,
    })
  })

  it.each([
    [['--min', '0'], 0],
    [['--min', '100'], 100],
  ])('%j is a share', (args, min) => {
    expect(readOptions(args)).toMatchObject({ min })
  })

  it.each([
    [['--min', '101'], '--min: a whole number from 0 to 100, not "101"'],
    [['--min', '79.5'], '--min: a whole number from 0 to 100, not "79.5"'],
    [['--min', ''], '--min: a whole number from 0 to 100, not ""'],
    [['--workers', '0'], '--workers: a whole number from 1 to 16, not "0"'],
    [['--workers', '17'], '--workers: a whole number from 1 to 16, not "17"'],
    [['--fast'], "Unknown option '--fast'"],
  ])('%j is told with the usage', (args, told) => {
    const read = readOptions(args)
    expect(read).toContain(told)
    expect(read).toContain(usage)
  })

  it('tells the usage when asked', () => {
    expect(readOptions(['-h'])).toBe(usage)
  })
})
