import type { Instant, LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, planHeader, planLine } from '../../tests/support/lines.ts'
import { type Plan, planIdOf } from './plan.ts'
import { type DrawnTask, planExceptions } from './plan-exceptions.ts'
import type { TaskGroup } from './task-exceptions.ts'

const asOf = '2026-01-10T02:00:00.000Z' as Instant
const line = planLine('L01', { times: 2 })
const [first, second] = line.batches

const plan: Plan = {
  ...planHeader,
  planId: planIdOf(planHeader),
  policy: { preset: 'p', version: '1' },
  policyDigest: 'd',
  drafted: act,
  updatedAt: act.at,
  nextLine: 2,
  versions: [
    {
      number: 1,
      lines: [line],
      changes: [],
      figures: { asOf, enterprises: 1000, pool: 100, planned: 10, lines: [{ lineId: 'L01', mapped: 100, planned: 10 }] },
      state: 'PUBLISHED',
      publication: { ...act, channels: [], digest: 'd' },
    },
  ],
}
const draw = (drawId: string, members: Partial<DrawnTask> = {}): DrawnTask => ({
  drawId,
  lineId: 'L01',
  batch: 1,
  state: 'DRAWN',
  drawn: 5,
  ...members,
})
/** One task for each of its objects, as the line plans it. */
const dispatched = ({ drawId, batch, drawn }: DrawnTask): TaskGroup => ({
  drawId,
  unitId: line.units[0]?.unitId ?? '',
  itemCodes: line.itemCodes,
  window: line.batches.find(({ number }) => number === batch)?.window ?? { start: '', end: '' },
  unitCount: 1,
  tasks: drawn,
})
const on = (date: string, ...draws: readonly DrawnTask[]) => planExceptions(plan, draws, draws.map(dispatched), date as LocalDate)
const codes = (found: ReturnType<typeof on>) => found.map(({ code, batch }) => `${code} ${batch ?? ''}`.trim())
const duringFirst = first?.window.end ?? ''
const afterSecond = '2027-01-01'

describe('plan against tasks', () => {
  it('DQ-03 finds nothing where every batch has its one task in time', () => {
    expect(on(afterSecond, draw('d1'), draw('d2', { batch: 2 }))).toEqual([])
    expect(on(duringFirst)).toEqual([])
  })

  it('DQ-03 reports a batch without a task from the day after its window', () => {
    expect(second).toBeDefined()
    const dayAfter = new Date(Date.parse(duringFirst) + 86_400_000).toISOString().slice(0, 10)
    expect(codes(on(dayAfter))).toEqual(['BATCH_NOT_DRAWN 1'])
    expect(codes(on(dayAfter, draw('d1', { state: 'COMMITTED', drawn: 0 })))).toEqual(['BATCH_NOT_DRAWN 1'])
    expect(codes(on(afterSecond))).toEqual(['BATCH_NOT_DRAWN 1', 'BATCH_NOT_DRAWN 2'])
  })

  it('DQ-03 reports tasks of no published line or batch, one that came to nothing aside', () => {
    const found = on('2026-03-01', draw('d1', { lineId: 'L09' }), draw('d2', { batch: 7, state: 'FROZEN', drawn: 0 }))
    expect(found).toMatchObject([
      { planId: plan.planId, lineId: 'L09', code: 'LINE_NOT_PUBLISHED', drawIds: ['d1'] },
      { planId: plan.planId, lineId: 'L01', code: 'BATCH_NOT_PUBLISHED', batch: 7, drawIds: ['d2'] },
    ])
    for (const state of ['VOID', 'FAILED'] as const) expect(on('2026-03-01', draw('d1', { lineId: 'L09', state }))).toEqual([])
  })

  it('DQ-03 reports a batch drawn twice, and more drawn than planned with both numbers', () => {
    expect(codes(on('2026-03-01', draw('d1'), draw('d2')))).toEqual(['BATCH_DRAWN_TWICE 1'])
    expect(codes(on('2026-03-01', draw('d1', { drawn: 10 })))).toEqual([])
    expect(on('2026-03-01', draw('d1', { drawn: 11 }))).toMatchObject([{ code: 'MORE_DRAWN_THAN_PLANNED', planned: 10, drawn: 11 }])
  })

  it('DQ-03 PLN-24 PLN-11 reports fewer drawn than planned, once every batch is drawn or its window ended', () => {
    const both = (...drawn: readonly number[]) => drawn.map((each, index) => draw(`d${index + 1}`, { batch: index + 1, drawn: each }))
    expect(on('2026-03-01', ...both(5, 4))).toEqual([
      { planId: plan.planId, lineId: 'L01', code: 'FEWER_DRAWN_THAN_PLANNED', drawIds: ['d1', 'd2'], planned: 10, drawn: 9 },
    ])
    expect(on('2026-03-01', ...both(0, 0))).toMatchObject([{ code: 'FEWER_DRAWN_THAN_PLANNED', planned: 10, drawn: 0 }])
    expect(codes(on('2026-03-01', ...both(5, 5)))).toEqual([])
    // The second batch may still draw the rest, up to the last day of its window.
    const lastDay = second?.window.end ?? ''
    expect(codes(on(lastDay, ...both(1)))).toEqual([])
    expect(codes(on(afterSecond, ...both(1)))).toEqual(['BATCH_NOT_DRAWN 2', 'FEWER_DRAWN_THAN_PLANNED'])
    expect(codes(on(lastDay, ...both(1), draw('d2', { batch: 2, state: 'COMMITTED', drawn: 0 })))).toEqual([])
  })

  it('DQ-03 DRW-26 holds against the plan what was drawn of its own city', () => {
    const together = (own: number) =>
      draw('d1', {
        drawn: 30,
        cities: [
          { regionCode: plan.regionCode, drawn: own },
          { regionCode: '230400', drawn: 30 - own },
        ],
      })
    expect(codes(on('2026-03-01', together(10)))).toEqual([])
    expect(on('2026-03-01', together(11))).toMatchObject([{ code: 'MORE_DRAWN_THAN_PLANNED', planned: 10, drawn: 11 }])
  })

  it('DQ-03 reports what the check tasks of a published line lack', () => {
    expect(planExceptions(plan, [draw('d1')], [], '2026-12-31' as LocalDate)).toContainEqual({
      planId: plan.planId,
      lineId: 'L01',
      code: 'OBJECTS_WITHOUT_TASK',
      batch: 1,
      drawIds: ['d1'],
      drawn: 5,
      tasked: 0,
    })
  })

  it('DQ-03 a plan that was never published has no lines for a task to match', () => {
    const draft: Plan = { ...plan, versions: [{ number: 1, lines: [line], changes: [], state: 'DRAFT' }] }
    expect(planExceptions(draft, [draw('d1')], [], '2026-03-01' as LocalDate)).toMatchObject([{ code: 'LINE_NOT_PUBLISHED' }])
  })
})
