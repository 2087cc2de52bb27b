import type { LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, city, days, planLine } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { type DrawOfBatch, planProgress, type TasksOfDraw } from './progress.ts'

const line = planLine('L01', { window: days('2026-05-01', '2026-08-31'), times: 2 })
const thirds = planLine('L02', { window: days('2026-03-01', '2026-11-30'), times: 3 })
const figures = {
  asOf: act.at,
  enterprises: 100,
  pool: 50,
  planned: 15,
  lines: [
    { lineId: 'L01', mapped: 50, planned: 7 },
    { lineId: 'L02', mapped: 50, planned: 8 },
  ],
}
const plan = planAt({ ...publishedVersionOf([line, thirds]), figures })

const draw = (members: Partial<DrawOfBatch> = {}): DrawOfBatch => ({
  drawId: 'd1',
  lineId: 'L01',
  batch: 1,
  state: 'DRAWN',
  drawn: 4,
  ...members,
})
const tasksOf = (tasks: number, done: number, { drawId = 'd1', unitCount = 1 } = {}): TasksOfDraw => ({ drawId, unitCount, tasks, done })
const on = (today: string, draws: readonly DrawOfBatch[] = [], tasks: readonly TasksOfDraw[] = []) => {
  const [first] = planProgress(plan, draws, tasks, today as LocalDate)?.lines ?? []
  if (first === undefined) throw new Error('no progress')
  return first
}
const status = (...args: Parameters<typeof on>) => on(...args).batches[0]?.status

describe('progress of a plan', () => {
  it('PLN-24 says per line and batch what is planned, drawn, dispatched and done, and by when', () => {
    expect(on('2026-06-01', [draw()], [tasksOf(6, 2), tasksOf(9, 9, { drawId: 'another' })])).toMatchObject({
      lineId: 'L01',
      planned: 7,
      drawn: 4,
      tasks: 6,
      done: 2,
      deadline: '2026-08-31',
      batches: [
        { number: 1, planned: 3, drawn: 4, tasks: 6, done: 2, deadline: '2026-06-30', status: 'UNDER_WAY' },
        { number: 2, planned: 4, drawn: 0, tasks: 0, done: 0, deadline: '2026-08-31', status: 'NOT_OPEN' },
      ],
    })
  })

  it('PLN-24 PLN-13 takes what a batch with a scope of its own plans from the figures', () => {
    const lines = [{ lineId: 'L01', mapped: 50, planned: 7, batches: [1, 6] }]
    const scoped = planAt({ ...publishedVersionOf([line]), figures: { ...figures, lines } })
    const [found] = planProgress(scoped, [], [], '2026-01-01' as LocalDate)?.lines ?? []
    expect(found?.batches.map(({ planned }) => planned)).toEqual([1, 6])
  })

  it('PLN-24 the batches of a line add up to what the line plans', () => {
    const second = planProgress(plan, [], [], '2026-01-01' as LocalDate)?.lines[1]
    expect(second?.batches.map(({ planned }) => planned)).toEqual([2, 3, 3])
    const without = planProgress(planAt(publishedVersionOf([line])), [], [], '2026-01-01' as LocalDate)
    expect(without?.lines[0]).not.toHaveProperty('planned')
    expect(without?.lines[0]?.batches[0]).not.toHaveProperty('planned')
  })

  it.each([
    ['2026-04-30', 'NOT_OPEN'],
    ['2026-05-01', 'UNDRAWN'],
    ['2026-06-30', 'UNDRAWN'],
    ['2026-07-01', 'NOT_EXECUTED'],
  ])('PLN-24 a batch with nothing drawn is on %s %s', (today, expected) => {
    expect(status(today)).toBe(expected)
    for (const state of ['FROZEN', 'COMMITTED', 'VOID', 'FAILED'] as const) expect(status(today, [draw({ state })])).toBe(expected)
  })

  it.each([
    ['2026-04-30', 4, 0, 'UNDER_WAY'],
    ['2026-06-30', 4, 3, 'UNDER_WAY'],
    ['2026-06-30', 4, 4, 'DONE'],
    ['2026-06-30', 3, 3, 'UNDER_WAY'],
    ['2026-07-01', 4, 4, 'DONE'],
    ['2026-07-01', 4, 3, 'LATE'],
    ['2026-07-01', 4, 1, 'LATE'],
    ['2026-07-01', 4, 0, 'NOT_EXECUTED'],
    ['2026-07-01', 0, 0, 'NOT_EXECUTED'],
  ])('PLN-24 a batch of four drawn is on %s with %i tasks of which %i are done %s', (today, tasks, done, expected) => {
    expect(status(today, [draw()], [tasksOf(tasks, done)])).toBe(expected)
    expect(status(today, [draw({ state: 'CLOSED' })], [tasksOf(tasks, done)])).toBe(expected)
  })

  it.each([
    // Of four objects that three departments check, four tasks are one object and a third.
    [[tasksOf(4, 4, { unitCount: 3 })], 'UNDER_WAY'],
    [[tasksOf(11, 11, { unitCount: 3 })], 'UNDER_WAY'],
    [[tasksOf(12, 11, { unitCount: 3 })], 'UNDER_WAY'],
    [[tasksOf(12, 12, { unitCount: 3 })], 'DONE'],
    // Items of all three apply to two of them, of two to one, of one to the last: nine tasks are all there will be.
    [[tasksOf(6, 6, { unitCount: 3 }), tasksOf(2, 2, { unitCount: 2 }), tasksOf(1, 1)], 'DONE'],
    [[tasksOf(5, 5, { unitCount: 3 }), tasksOf(2, 2, { unitCount: 2 }), tasksOf(1, 1)], 'UNDER_WAY'],
    [[tasksOf(6, 6, { unitCount: 3 }), tasksOf(1, 1, { unitCount: 2 }), tasksOf(1, 1)], 'UNDER_WAY'],
    [[tasksOf(6, 6, { unitCount: 3 }), tasksOf(2, 1, { unitCount: 2 }), tasksOf(1, 1)], 'UNDER_WAY'],
  ])('PLN-24 a batch of four drawn that several departments check is with %j %s', (tasks, expected) => {
    expect(status('2026-06-30', [draw()], tasks)).toBe(expected)
    expect(status('2026-07-01', [draw()], tasks)).toBe(expected === 'DONE' ? 'DONE' : 'LATE')
  })

  it('PLN-24 an object drawn in the place of another counts with its own departments', () => {
    const draws = [draw(), draw({ drawId: 'd2', drawn: 0 })]
    const left = tasksOf(6, 6, { unitCount: 2 })
    expect(status('2026-06-30', draws, [left])).toBe('UNDER_WAY')
    expect(status('2026-06-30', draws, [left, tasksOf(2, 2, { drawId: 'd2', unitCount: 3 })])).toBe('UNDER_WAY')
    expect(status('2026-06-30', draws, [left, tasksOf(3, 3, { drawId: 'd2', unitCount: 3 })])).toBe('DONE')
  })

  it('PLN-24 a batch of several cities is done when those drawn in all of them are', () => {
    const cities = [
      { regionCode: city, drawn: 3 },
      { regionCode: '230400', drawn: 1 },
    ]
    expect(status('2026-06-30', [draw({ cities })], [tasksOf(3, 3)])).toBe('UNDER_WAY')
    expect(status('2026-06-30', [draw({ cities })], [tasksOf(4, 4)])).toBe('DONE')
  })

  it('PLN-24 a batch that was to draw some and drew none is not done: under way in its window, not executed after it', () => {
    expect(status('2026-06-30', [draw({ drawn: 0 })])).toBe('UNDER_WAY')
    expect(status('2026-07-01', [draw({ drawn: 0 })])).toBe('NOT_EXECUTED')
    expect(status('2026-07-01', [draw({ drawn: 1 })], [tasksOf(1, 1)])).toBe('DONE')
  })

  it('PLN-24 a batch that was to draw nobody, or of a version without figures, is done with nobody drawn', () => {
    const none = { ...figures, lines: [{ lineId: 'L01', mapped: 50, planned: 0 }] }
    const [unplanned, unknown] = [{ ...publishedVersionOf([line]), figures: none }, publishedVersionOf([line])].map(
      (version) => planProgress(planAt(version), [draw({ drawn: 0 })], [], '2026-07-01' as LocalDate)?.lines[0]?.batches[0]?.status,
    )
    expect([unplanned, unknown]).toEqual(['DONE', 'DONE'])
  })

  it('PLN-24 counts of a draw of several cities the own part, and a replacement’s tasks with it', () => {
    const cities = [
      { regionCode: city, drawn: 3 },
      { regionCode: '230400', drawn: 1 },
    ]
    const replaced = draw({ drawId: 'd2', drawn: 0 })
    expect(on('2026-06-01', [draw({ cities }), replaced], [tasksOf(3, 2), tasksOf(1, 1, { drawId: 'd2' })])).toMatchObject({
      drawn: 3,
      tasks: 4,
      done: 3,
    })
  })

  it('PLN-28 only what is published is carried out', () => {
    expect(planProgress(planAt(filedVersionOf([line], act.at)), [], [], '2026-06-01' as LocalDate)).toBeUndefined()
  })
})
