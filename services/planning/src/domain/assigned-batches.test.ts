import { ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { days } from '../../tests/support/lines.ts'
import { type AssignedSchedule, batchesInOrder, lineSchedule, ownScheduleProblems, scheduleProblems } from './assigned-batches.ts'

const window = days('2026-03-01', '2026-08-31')
const spring = days('2026-03-01', '2026-05-31')
const summer = days('2026-06-01', '2026-08-31')
const [third, twoThirds, half] = [ratioOf(1, 3), ratioOf(2, 3), ratioOf(1, 2)]
const batches = [
  { window: spring, share: third },
  { window: summer, share: twoThirds },
]
const shown = (problems: readonly { readonly code: string; readonly pointer: string }[]) =>
  problems.map(({ code, pointer }) => `${code} ${pointer}`)

describe('the days that a superior sets', () => {
  const of = (members: Partial<AssignedSchedule>) => shown(scheduleProblems({ window, ...members }))

  it('PLN-15 hold together where batches lie in the window, are one whole and as many as the times', () => {
    expect(of({})).toEqual([])
    expect(of({ times: 5 })).toEqual([])
    expect(of({ batches })).toEqual([])
    expect(of({ batches, times: 2 })).toEqual([])
    expect(of({ batches, times: 3 })).toEqual(['batches-and-times /times'])
    expect(of({ batches: batches.map((batch) => ({ ...batch, share: half })) })).toEqual([])
    expect(of({ batches: batches.map((batch) => ({ ...batch, share: third })) })).toEqual(['shares-not-whole /batches'])
  })

  it.each([
    ['2026-03-01', '2026-08-31', []],
    ['2026-02-28', '2026-08-31', ['window-outside-assignment /batches/1/window']],
    ['2026-03-01', '2026-09-01', ['window-outside-assignment /batches/1/window']],
  ])('PLN-15 a batch from %s to %s against March to August: %j', (start, end, expected) => {
    expect(
      of({
        batches: [
          { window, share: half },
          { window: days(start, end), share: half },
        ],
      }),
    ).toEqual(expected)
  })
})

describe('the days that the local planner sets', () => {
  const task: AssignedSchedule = { window, batches }
  const of = (own: Parameters<typeof ownScheduleProblems>[1], within = task) => shown(ownScheduleProblems(within, own))

  it('PLN-15 keep to the batches as they stand in time, in whatever order they come', () => {
    const inner = [{ window: days('2026-06-02', '2026-08-01') }, { window: days('2026-03-02', '2026-05-01') }]
    expect(of({ batches: inner })).toEqual([])
    expect(of({ batches: [{ ...inner[0], share: twoThirds } as never, { ...inner[1], share: third } as never] })).toEqual([])
    expect(of({ batches: [{ ...inner[0], share: third } as never, inner[1] as never] })).toEqual([
      'assigned-batches-fixed /batches/0/share',
    ])
    expect(of({ batches: [{ ...inner[0], share: ratioOf(2, 5) } as never, inner[1] as never] })).toEqual([
      'assigned-batches-fixed /batches/0/share',
    ])
    expect(of({ batches: [{ window: summer }, { window: days('2026-03-01', '2026-06-01') }] })).toEqual([
      'assigned-batches-fixed /batches/1/window',
    ])
  })

  it('PLN-15 another number of batches lies in the window at least', () => {
    expect(of({ batches: [{ window: days('2026-01-01', '2026-12-31') }] })).toEqual([
      'assigned-batches-fixed /batches',
      'window-outside-assignment /batches/0/window',
    ])
  })
})

describe('the days of the line', () => {
  it('PLN-15 are the batches in the order of their days, with the shares that were set', () => {
    const own = [{ window: days('2026-07-01', '2026-07-31') }, { window: days('2026-04-01', '2026-04-30') }]
    expect(lineSchedule({ window, batches }, { batches: own })).toEqual({
      batches: [
        { ...own[1], share: third },
        { ...own[0], share: twoThirds },
      ],
    })
    expect(lineSchedule({ window, batches }, {})).toEqual({ batches })
    const same = [
      { window: spring, place: 1 },
      { window: spring, place: 2 },
      { window: days('2026-03-01', '2026-05-30'), place: 3 },
    ]
    expect(batchesInOrder(same).map(({ place }) => place)).toEqual([3, 1, 2])
    expect(batchesInOrder(same.toReversed()).map(({ place }) => place)).toEqual([3, 2, 1])
  })

  it('PLN-15 are the window where nobody cut it, as often and in as many check batches as either says, the superior first', () => {
    expect(lineSchedule({ window }, {})).toStrictEqual({ window })
    expect(lineSchedule({ window }, { times: 3, checkBatches: 4 })).toStrictEqual({ window, times: 3, checkBatches: 4 })
    expect(lineSchedule({ window, times: 2, checkBatches: 5 }, { times: 3, checkBatches: 4 })).toStrictEqual({
      window,
      times: 2,
      checkBatches: 5,
    })
    expect(lineSchedule({ window }, { batches: [{ window: spring }] })).toStrictEqual({ batches: [{ window: spring }] })
  })
})
