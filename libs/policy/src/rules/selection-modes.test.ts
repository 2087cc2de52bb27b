import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { policyKeys } from '../keys.ts'
import { policyModes } from './selection-modes.ts'

const bureauWide = { id: 'BUREAU_WIDE', text: '全局内随机' }
const patrol = { id: 'PATROL', text: '局所联合随机', offices: true, stations: { atLeast: 1, atMost: 2 }, pairable: true }

const takes = (...members: readonly unknown[]): boolean => policyKeys['inspector.modes'].schema.safeParse({ members, open: false }).success

describe('modes of choosing inspectors in a policy', () => {
  it('DRW-08 may be defined beside the statutory ones, which need no definition', () => {
    expect(takes(bureauWide, patrol)).toBe(true)
    expect(takes({ ...patrol, stations: null, pairable: false })).toBe(true)
    expect(takes({ ...patrol, stations: { atLeast: 0, atMost: null } })).toBe(true)
    const policy = policyOf('heilongjiang', { 'inspector.modes': { members: [bureauWide, patrol], open: true } })
    const { id: _id, text: _text, ...definition } = patrol
    expect(policyModes(policy)).toEqual({ further: { PATROL: definition }, only: undefined })
  })

  it('DRW-08 names the only modes of a closed list, and none where the key is unset', () => {
    const closed = policyOf('heilongjiang', { 'inspector.modes': { members: [bureauWide, patrol], open: false } })
    expect(policyModes(closed).only).toEqual(['BUREAU_WIDE', 'PATROL'])
    expect(policyModes(policyOf('samr-2024'))).toEqual({ further: {}, only: undefined })
  })

  it.each([
    ['a statutory mode with another meaning', { ...patrol, id: 'BUREAU_WIDE' }],
    ['a mode without definition', { id: 'PATROL', text: '局所联合随机' }],
    ['an id that no line could name', { ...patrol, id: 'patrol' }],
    ['an id that is too long', { ...patrol, id: `P${'A'.repeat(64)}` }],
    ['pairs without the office', { ...patrol, offices: false }],
    ['nobody to choose from', { ...patrol, offices: false, pairable: false, stations: { atLeast: 0, atMost: null } }],
    ['fewer stations at most than at least', { ...patrol, stations: { atLeast: 2, atMost: 1 } }],
    ['no stations at most', { ...patrol, stations: { atLeast: 0, atMost: 0 } }],
  ])('DRW-08 refuses %s', (_what, member) => {
    expect(takes(bureauWide, member)).toBe(false)
  })

  it('DRW-08 refuses the same mode twice', () => {
    expect(takes(patrol, { ...patrol, text: '另一名称' })).toBe(false)
  })

  it('DRW-08 stands on both sides of its limits', () => {
    expect(takes({ ...patrol, id: `P${'A'.repeat(63)}` })).toBe(true)
    expect(takes({ ...patrol, stations: { atLeast: 2, atMost: 2 } })).toBe(true)
    expect(takes({ ...patrol, offices: false, pairable: false, stations: { atLeast: 1, atMost: null } })).toBe(true)
  })
})
