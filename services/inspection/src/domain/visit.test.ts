import type { DrawId, ObjectId, UnitId, VisitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { changed, fourCities, policyOf } from '../../tests/support/policies.ts'
import { day, visit } from '../../tests/support/records.ts'
import { mergeRuleOf } from './rules.ts'
import { proposalFor, visitIdFor, windowsOverlap } from './visit.ts'

const key = new Uint8Array(32).fill(1)
const market = '230300-scj' as UnitId
const fire = '230300-xfj' as UnitId
const rule = mergeRuleOf(fourCities)

const of = { objectId: 'o1' as ObjectId, mergeWindowId: 'W01', ownerUnitId: market, drawId: 'd1' as DrawId }

const april = { start: day('2026-04-01'), end: day('2026-04-30') }
const fromLastOfApril = { start: day('2026-04-30'), end: day('2026-05-31') }
const may = { start: day('2026-05-01'), end: day('2026-05-31') }

describe('the visit of a task', () => {
  it('DRW-18 is the same for two draws of one unit on one object in one merge window, and another in every other respect', () => {
    const own = visitIdFor(key, rule, of)
    expect(visitIdFor(key, rule, { ...of, drawId: 'd2' as DrawId })).toBe(own)
    expect(visitIdFor(key, rule, { ...of, ownerUnitId: fire })).not.toBe(own)
    expect(visitIdFor(key, rule, { ...of, objectId: 'o2' as ObjectId })).not.toBe(own)
    expect(visitIdFor(key, rule, { ...of, mergeWindowId: 'W02' })).not.toBe(own)
  })

  it('DRW-34 cannot be computed without the key', () => {
    expect(visitIdFor(new Uint8Array(32).fill(2), rule, of)).not.toBe(visitIdFor(key, rule, of))
  })

  it('DRW-18 is the draw’s own where policy merges by proposal inside a unit too, or not at all', () => {
    const proposing = { ...rule, insideUnit: 'PROPOSAL' } as const
    const never = mergeRuleOf(changed(fourCities, 'draw.mergeSameObject', false))
    for (const apart of [proposing, never]) {
      expect(visitIdFor(key, apart, { ...of, drawId: 'd2' as DrawId })).not.toBe(visitIdFor(key, apart, of))
    }
    expect(mergeRuleOf(policyOf('samr-2024'))).toEqual({ merge: false, insideUnit: 'PROPOSAL' })
  })
})

describe('a merge proposal', () => {
  const own = visit('v1')
  const theirs = visit('v2', { ownerUnitId: fire, unitIds: [fire] })

  it('DRW-18 stands for two units’ visits to one object, the same whichever came first', () => {
    const proposal = proposalFor(rule, own, theirs)
    expect(proposal).toMatchObject({ visitIds: ['v1', 'v2'], unitIds: [market, fire], status: 'PROPOSED', applied: false })
    expect(proposalFor(rule, theirs, own)).toEqual(proposal)
  })

  it('PLN-25 Appendix F 7: appears for overlapping windows, one day is enough, and not for disjoint ones', () => {
    expect(windowsOverlap(april, fromLastOfApril)).toBe(true)
    expect(windowsOverlap(april, may)).toBe(false)
    expect(proposalFor(rule, own, { ...theirs, windows: [fromLastOfApril] })).toBeDefined()
    expect(proposalFor(rule, own, { ...theirs, windows: [may] })).toBeUndefined()
    expect(proposalFor(rule, own, { ...theirs, windows: [may, april] })).toBeDefined()
  })

  it('DRW-18 does not appear while merging is off, for another object or window, or once either is merged', () => {
    expect(proposalFor({ ...rule, merge: false }, own, theirs)).toBeUndefined()
    expect(proposalFor(rule, own, { ...theirs, objectId: 'o2' as ObjectId })).toBeUndefined()
    expect(proposalFor(rule, own, { ...theirs, mergeWindowId: 'W02' })).toBeUndefined()
    expect(proposalFor(rule, own, { ...theirs, mergedInto: 'v0' as VisitId })).toBeUndefined()
    expect(proposalFor(rule, own, own)).toBeUndefined()
  })
})
