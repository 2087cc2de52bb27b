import type { MatchedObject, MatchInput } from '@dual-random/draw'
import { describe, expect, it } from 'vitest'
import { assignmentsInOrder, loadsOf, shortOfTeam, sumLoads } from './matching.ts'

const match = (object: string, members: readonly string[]): MatchedObject => ({
  position: 1,
  object,
  stratum: 'A',
  teams: [{ unitId: 'u', members }],
  leader: members[0] ?? null,
  shortages: [],
})
const inputs = [
  {
    inspectors: [
      { label: 'l1', id: 'i1' },
      { label: 'l2', id: 'i2' },
    ],
  },
] as unknown as readonly MatchInput[]

describe('matching', () => {
  it('counts objects per inspector by id, whatever the labels of the draw were', () => {
    const loads = loadsOf(inputs, [match('a', ['l2', 'l1']), match('b', ['l2'])])
    expect(loads).toEqual([
      { inspectorId: 'i1', objects: 1 },
      { inspectorId: 'i2', objects: 2 },
    ])
    expect(sumLoads([loads, [{ inspectorId: 'i2', objects: 3 }]])).toEqual(
      new Map([
        ['i1', 1],
        ['i2', 5],
      ]),
    )
    expect(() => loadsOf(inputs, [match('a', ['l3'])])).toThrow('no input')
  })

  it('DRW-15 counts the objects that lack a team', () => {
    const shortage = { unitId: 'v', needed: 2, available: 1, missingSide: null, ruledOut: [] }
    expect(shortOfTeam([match('a', ['l1']), { ...match('b', []), shortages: [shortage, shortage] }])).toBe(1)
  })

  it('DRW-16 DRW-17 gives the assignments in the order of the draw', () => {
    const ordered = assignmentsInOrder(['b', 'a'], [match('a', ['l1']), match('b', ['l2'])])
    expect(ordered.map(({ position, label, leader }) => [position, label, leader])).toEqual([
      [1, 'b', 'l2'],
      [2, 'a', 'l1'],
    ])
    expect(() => assignmentsInOrder(['c'], [])).toThrow('no match')
  })
})
