import type { LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, days, lineId, planLine, scj } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { LineCheck } from './line-check.ts'
import type { Problem, UndrawnLine } from './undrawn-line.ts'
import { type CheckCounts, clueTasksOf, countableLines, undrawnProgress } from './undrawn-progress.ts'

const line = campaign('L02', { window: days('2026-04-01', '2026-04-30') })
const specialCheck = (means: Problem['means']): UndrawnLine => ({
  ...line,
  kind: 'SPECIAL_CHECK',
  problem: { trigger: { id: 'HIGH_RISK', text: '风险高' }, description: '某类问题', means },
})
const planOf = (...undrawn: readonly UndrawnLine[]) => planAt({ ...publishedVersionOf([planLine('L01')]), undrawn })
const check = (completed: boolean, members: Partial<LineCheck> = {}): LineCheck => ({
  planId: 'p1',
  lineId: 'L02',
  mark: 'm',
  completed,
  ...members,
})
const of = (
  today: string,
  opened: readonly LineCheck[] = [],
  {
    undrawn = line,
    clues = {},
    drawn = [],
    objects,
  }: { undrawn?: UndrawnLine; clues?: Readonly<Record<string, CheckCounts>>; drawn?: readonly CheckCounts[]; objects?: number } = {},
) => {
  const lines = drawn.map((counts) => ({ lineId: lineId('L01'), ...counts }))
  const ofClueTasks = new Map(Object.entries(clues))
  const checks = { opened, ofClueTasks, ...(objects === undefined ? {} : { objects: new Map([['L02', objects]]) }) }
  return undrawnProgress(planOf(undrawn), lines, checks, today as LocalDate)
}
const status = (...args: Parameters<typeof of>) => of(...args)[0]?.status

describe('progress of lines without a draw', () => {
  it('PLN-24 says per line how many checks were opened and how many are completed, and by when', () => {
    expect(of('2026-04-15', [check(true), check(false), check(true, { lineId: 'L03' })])).toEqual([
      {
        lineId: 'L02',
        kind: 'CAMPAIGN',
        taskName: '专项整治',
        initiatorUnitId: scj,
        window: days('2026-04-01', '2026-04-30'),
        deadline: '2026-04-30',
        tasks: 2,
        done: 1,
        status: 'UNDER_WAY',
      },
    ])
  })

  it.each([
    ['2026-03-31', 'NOT_OPEN'],
    ['2026-04-01', 'UNOPENED'],
    ['2026-04-30', 'UNOPENED'],
    ['2026-05-01', 'NOT_EXECUTED'],
  ])('PLN-24 a line of which no check was opened is on %s %s', (today, expected) => {
    expect(status(today)).toBe(expected)
  })

  it.each([
    ['2026-03-31', [false], 'UNDER_WAY'],
    ['2026-04-30', [true, true], 'UNDER_WAY'],
    ['2026-05-01', [true, true], 'DONE'],
    ['2026-05-01', [true, false], 'LATE'],
    ['2026-05-01', [false], 'NOT_EXECUTED'],
  ])('PLN-24 a line is on %s with checks completed %j %s', (today, completed, expected) => {
    const checks = completed.map((each) => check(each))
    expect(status(today, checks)).toBe(expected)
  })

  it.each([
    ['2026-03-31', 2, 'UNDER_WAY'],
    // One of the two that were checked left the scope: with or without another that came into it.
    ['2026-04-15', 1, 'UNDER_WAY'],
    ['2026-04-15', 2, 'UNDER_WAY'],
    ['2026-04-15', 3, 'UNDER_WAY'],
    ['2026-04-30', 2, 'UNDER_WAY'],
    ['2026-05-01', 2, 'DONE'],
    ['2026-05-01', 3, 'DONE'],
  ])('PLN-24 PLN-19 a line of which two objects were checked is on %s, where it goes to %i now, %s', (today, objects, expected) => {
    const checks = [check(true, { mark: 'a' }), check(true, { mark: 'b' })]
    expect(of(today, checks, { objects })[0]).toMatchObject({ status: expected, objects: { total: objects, checked: 2 } })
  })

  it('PLN-24 PLN-19 counts an object once, and as checked when every check of it is completed', () => {
    const twice = [check(true, { mark: 'a' }), check(true, { mark: 'a' })]
    expect(of('2026-04-15', twice, { objects: 2 })[0]).toMatchObject({
      tasks: 2,
      done: 2,
      status: 'UNDER_WAY',
      objects: { total: 2, checked: 1 },
    })
    const half = [
      check(true, { mark: 'a' }),
      check(false, { mark: 'a' }),
      check(true, { mark: 'b' }),
      check(true, { mark: 'b', lineId: 'L03' }),
    ]
    expect(of('2026-04-15', half, { objects: 1 })[0]).toMatchObject({ status: 'UNDER_WAY', objects: { total: 1, checked: 1 } })
    expect(of('2026-04-15', [], { objects: 0 })[0]).toMatchObject({ status: 'UNOPENED', objects: { total: 0, checked: 0 } })
  })

  it('PLN-24 PLN-19 counts the objects of lines that go to all of them, not of one made by a draw', () => {
    const made = specialCheck({ clueTaskId: 'ct-1' })
    expect(countableLines(planOf(line)).map(({ lineId: id }) => id)).toEqual(['L02'])
    expect(countableLines(planOf(made))).toEqual([])
    expect(of('2026-04-15', [], { undrawn: made, objects: 5 })[0]).not.toHaveProperty('objects')
  })

  it('PLN-24 TGT-11 a special check made by a draw of the plan is as far as the tasks of that', () => {
    const undrawn = specialCheck({ lineId: lineId('L01') })
    const [found] = of('2026-05-01', [check(true)], { undrawn, drawn: [{ tasks: 3, done: 2 }] })
    expect(found).toMatchObject({ kind: 'SPECIAL_CHECK', tasks: 3, done: 2, status: 'LATE', madeBy: { lineId: 'L01' } })
    expect(status('2026-04-15', [], { undrawn })).toBe('UNOPENED')
  })

  it('PLN-24 TGT-11 one made by a draw on clues is as far as the tasks of that; one made in a way like a draw has its own checks', () => {
    const undrawn = specialCheck({ clueTaskId: 'ct-1' })
    const clues = { 'ct-1': { tasks: 2, done: 2 }, 'ct-2': { tasks: 5, done: 0 } }
    expect(of('2026-05-01', [], { undrawn, clues })[0]).toMatchObject({ tasks: 2, done: 2, status: 'DONE', madeBy: { clueTaskId: 'ct-1' } })
    expect(status('2026-05-01', [check(true)], { undrawn })).toBe('NOT_EXECUTED')
    const similar = specialCheck({ similar: '随机抽签' })
    expect(of('2026-05-01', [check(true)], { undrawn: similar })[0]).toMatchObject({ tasks: 1, status: 'DONE' })
    expect(of('2026-05-01', [], { undrawn: similar })[0]).not.toHaveProperty('madeBy')
    expect(clueTasksOf(planOf(undrawn, similar, line, specialCheck({ lineId: lineId('L01') })))).toEqual(['ct-1'])
  })

  it('PLN-28 only a published version has progress', () => {
    const filed = planAt({ ...filedVersionOf([planLine('L01')], act.at), undrawn: [line] })
    expect(undrawnProgress(filed, [], { opened: [check(true)], ofClueTasks: new Map() }, '2026-05-01' as LocalDate)).toEqual([])
    expect(clueTasksOf(planAt({ ...filedVersionOf([], act.at), undrawn: [specialCheck({ clueTaskId: 'ct-1' })] }))).toEqual([])
  })
})
