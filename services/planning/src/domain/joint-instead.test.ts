import type { Policy } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { cateringJoint, noIndustryJoint } from '../../tests/support/industries.ts'
import { code, days, gaj, item, jointLine, planLine, scj, station1, units } from '../../tests/support/lines.ts'
import { fourCoalCities } from '../../tests/support/shipped.ts'
import { jointProposal, mostToJoin, singlesBesideJoint, type TypedLine } from './joint-instead.ts'
import { wholeScope } from './object-scope.ts'

const items = new Map(
  [
    item('G1'),
    item('G2', { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['F52'], tags: [] } }),
    item('G3', { applicability: { kinds: ['PRODUCT'], industryPrefixes: [], tags: [] } }),
  ].map((each) => [each.code as string, each]),
)

const line = (
  planType: 'INTERNAL' | 'JOINT',
  id: string,
  codes: readonly string[],
  window = days('2026-03-01', '2026-05-31'),
): TypedLine => {
  const built = planType === 'JOINT' ? jointLine(id, { window, units: [{ unitId: scj }, { unitId: gaj }] }) : planLine(id, { window })
  return { planId: planType, planType, line: { ...built, itemCodes: codes.map(code) } }
}
const against = (policy: Policy) => ({ policy, items, units: new Map(units.map((each) => [each.unitId as string, each])) })
const found = (own: TypedLine, ...others: readonly TypedLine[]) =>
  singlesBesideJoint([own], others, against(fourCoalCities)).map(({ single, joint, items: shared, windows }) => [
    `${single.planId}/${single.line.lineId}`,
    `${joint.planId}/${joint.line.lineId}`,
    shared.join(),
    windows.length,
  ])

describe('joint instead of single', () => {
  it('PLN-16 PLN-17 pairs a line of one department with joint lines of its items or objects', () => {
    expect(found(line('INTERNAL', 'L01', ['G1', 'G2']), line('JOINT', 'L02', ['G2']), line('JOINT', 'L03', ['G3']))).toEqual([
      ['INTERNAL/L01', 'JOINT/L02', 'G2', 1],
    ])
    expect(found(line('INTERNAL', 'L01', ['G1']), line('JOINT', 'L02', ['G2']))).toEqual([['INTERNAL/L01', 'JOINT/L02', '', 1]])
  })

  it('PLN-16 looks from the joint plan too, and at no pair of one type', () => {
    expect(found(line('JOINT', 'L01', ['G1']), line('INTERNAL', 'L02', ['G1']))).toEqual([['INTERNAL/L02', 'JOINT/L01', 'G1', 1]])
    expect(found(line('JOINT', 'L01', ['G1']), line('JOINT', 'L02', ['G1']))).toEqual([])
    expect(found(line('INTERNAL', 'L01', ['G1']), line('INTERNAL', 'L02', ['G1']))).toEqual([])
  })

  it('PLN-18 leaves alone what several departments of one plan check already', () => {
    const several = line('INTERNAL', 'L01', ['G1'])
    const [own] = several.line.units
    if (own === undefined) throw new Error('a unit')
    const internal = { ...several, line: { ...several.line, units: [own, { ...own, unitId: gaj }] } }
    expect(found(internal, line('JOINT', 'L02', ['G1']))).toEqual([])
  })

  it('PLN-18 JNT-03 takes a bureau with its own station for one department', () => {
    const several = line('INTERNAL', 'L01', ['G1'])
    const withStation = {
      ...several,
      line: { ...several.line, units: several.line.units.flatMap((own) => [own, { ...own, unitId: station1 }]) },
    }
    expect(withStation.line.units).toHaveLength(2)
    expect(found(withStation, line('JOINT', 'L02', ['G1']))).toEqual([['INTERNAL/L01', 'JOINT/L02', 'G1', 1]])
  })

  it('PLN-16 needs no common days: a joint check can be moved', () => {
    expect(found(line('INTERNAL', 'L01', ['G1']), line('JOINT', 'L02', ['G1'], days('2026-06-01', '2026-06-30')))).toEqual([
      ['INTERNAL/L01', 'JOINT/L02', 'G1', 0],
    ])
  })

  it('PLN-16 prefers, where there are too many pairs, those that share the most items', () => {
    const pair = (...shared: readonly string[]) => ({
      single: line('INTERNAL', 'L01', shared),
      joint: line('JOINT', 'L02', shared),
      items: shared.map(code),
      windows: [],
    })
    const [none, two, one] = [pair(), pair('G1', 'G2'), pair('G1')]
    expect(mostToJoin([none, two, one], 2)).toEqual([two, one])
    expect(mostToJoin([none, two, one], 1)).toEqual([two])
  })

  it('JNT-03 PLN-17 tells of each pair where joint checks are the rule for the single line, and prefers those where there are too many', () => {
    const scope = { ...wholeScope, industryPrefixes: ['H62'] }
    const single = line('INTERNAL', 'L01', ['G1'])
    const own = { ...single, line: { ...single.line, scope } }
    const other = line('INTERNAL', 'L03', ['G1', 'G2'])
    const pairs = (policy: Policy) => singlesBesideJoint([own, other], [line('JOINT', 'L02', ['G1', 'G2'])], against(policy))
    expect(pairs(cateringJoint).map(({ norm }) => norm)).toEqual([{ industry: '餐饮' }, undefined])
    expect(pairs(noIndustryJoint).map(({ norm }) => norm)).toEqual([undefined, undefined])
    expect(pairs(fourCoalCities).map(({ norm }) => norm)).toEqual(['ALL', 'ALL'])
    const inBatches = { ...single, line: { ...single.line, batches: single.line.batches.map((batch) => ({ ...batch, scope })) } }
    expect(singlesBesideJoint([inBatches], [line('JOINT', 'L02', ['G1'])], against(cateringJoint))).toMatchObject([
      { norm: { industry: '餐饮' } },
    ])
    const first = (policy: Policy) => mostToJoin(pairs(policy), 1).map((pair) => pair.single.line.lineId)
    expect(first(cateringJoint)).toEqual(['L01'])
    expect(first(noIndustryJoint)).toEqual(['L03'])
    expect(first(fourCoalCities)).toEqual(['L03'])
  })

  it('PLN-16 leaves a line to the joint one that has all its items, and joins one that shares some or objects', () => {
    const pair = (single: readonly string[], shared: readonly string[]) => ({
      single: line('INTERNAL', 'L01', single),
      joint: line('JOINT', 'L02', shared),
      items: shared.map(code),
      windows: [],
    })
    expect(jointProposal(pair(['G1'], ['G1']), 0, 9)).toMatchObject({ proposal: 'LEAVE_TO_JOINT', objects: 0, ofObjects: 9 })
    expect(jointProposal(pair(['G1', 'G2'], ['G1']), 4, 9)?.proposal).toBe('JOIN')
    expect(jointProposal(pair(['G1'], []), 1, 9)?.proposal).toBe('JOIN')
    expect(jointProposal(pair(['G1'], []), 0, 9)).toBeUndefined()
  })

  it('PLN-16 PLN-13 leaves a line to a joint one of a narrower scope only where that takes in all its objects', () => {
    const [single, joint] = [line('INTERNAL', 'L01', ['G1']), line('JOINT', 'L02', ['G1'])]
    const scope = { ...wholeScope, tags: ['星级饭店'] }
    const pair = { single, joint: { ...joint, line: { ...joint.line, scope } }, items: [code('G1')], windows: [] }
    expect(jointProposal(pair, 9, 9)?.proposal).toBe('LEAVE_TO_JOINT')
    expect(jointProposal(pair, 8, 9)?.proposal).toBe('JOIN')
    expect(jointProposal(pair, 0, 9)).toBeUndefined()
  })
})
