import type { MatchedObject, MatchInput } from '@dual-random/draw'
import type { DrawId, RegionCode } from '@dual-random/kernel'
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

  it('DRW-30 gives who stays at an object no load again, in the unit and at the object where they stay', () => {
    const inspectors = ['i1', 'i2', 'i3'].map((id) => ({ label: id, id }))
    const rematched = { unitId: 'u', rematch: true, inspectors, objects: [{ label: 'a', kept: ['i1'] }, { label: 'b' }] }
    const drawn = [match('a', ['i1', 'i2']), match('b', ['i1', 'i3']), match('c', ['i1'])]
    const loads = (of: readonly object[]) =>
      loadsOf(of as readonly MatchInput[], drawn).map(({ inspectorId, objects }) => [inspectorId, objects])
    expect(loads([rematched])).toEqual([
      ['i1', 2],
      ['i2', 1],
      ['i3', 1],
    ])
    const whole = [
      ['i1', 3],
      ['i2', 1],
      ['i3', 1],
    ]
    expect(loads([{ ...rematched, unitId: 'v' }])).toEqual(whole)
    expect(loads([{ ...rematched, rematch: undefined }])).toEqual(whole)
  })

  it('gives the loads in the order of the ids', () => {
    const inspectors = ['z', 'a', 'm'].map((id) => ({ label: id, id }))
    const loads = loadsOf([{ inspectors }] as unknown as readonly MatchInput[], [match('o', ['z', 'a', 'm'])])
    expect(loads.map(({ inspectorId }) => inspectorId)).toEqual(['a', 'm', 'z'])
  })

  it('DRW-15 counts the objects that lack a team', () => {
    const shortage = { unitId: 'v', needed: 2, available: 1, missingSide: null, ruledOut: [] }
    expect(shortOfTeam([match('a', ['l1']), { ...match('b', []), shortages: [shortage, shortage] }, match('c', ['l2'])])).toBe(1)
  })

  it('DRW-16 DRW-17 gives the assignments in the order of the draw', () => {
    const draw = { drawId: 'd1' as DrawId }
    const ordered = assignmentsInOrder(draw, [['b', 'a']], [match('a', ['l1']), match('b', ['l2'])])
    expect(ordered.map(({ position, label, leader }) => [position, label, leader])).toEqual([
      [1, 'b', 'l2'],
      [2, 'a', 'l1'],
    ])
    expect(ordered.map(({ taskDrawId }) => taskDrawId)).toEqual(['d1', 'd1'])
    expect(() => assignmentsInOrder(draw, [['c']], [])).toThrow('no match')
    expect(ordered.some((one) => 'regionCode' in one || 'checkBatch' in one)).toBe(false)
  })

  it('DRW-16 tells the check batch of each assignment where there are several', () => {
    const matches = [match('a', ['l1']), match('b', ['l2']), match('c', ['l1'])]
    const ordered = assignmentsInOrder({ drawId: 'd1' as DrawId }, [['b', 'c'], ['a']], matches)
    expect(ordered.map(({ position, label, checkBatch }) => [position, label, checkBatch])).toEqual([
      [1, 'b', 1],
      [2, 'c', 1],
      [3, 'a', 2],
    ])
  })

  it('DRW-26 names the city of each assignment, where several draw', () => {
    const regions = new Map([['a', '230400' as RegionCode]])
    const ordered = assignmentsInOrder({ drawId: 'd1' as DrawId }, [['b', 'a']], [match('a', ['l1']), match('b', ['l2'])], (label) =>
      regions.get(label),
    )
    expect(ordered.map(({ label, regionCode }) => [label, regionCode])).toEqual([
      ['b', undefined],
      ['a', '230400'],
    ])
  })
})
