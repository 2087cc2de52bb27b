import type { PlanId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { cateringJoint } from '../../tests/support/industries.ts'
import { code, jointContext, lineContext } from '../../tests/support/lines.ts'
import { changed, fourCoalCities } from '../../tests/support/shipped.ts'
import { itemsInJointPlans } from './joint-items.ts'

const jointItems = new Map([['G1', 'plan-230300-2026-JOINT-230300-scj' as PlanId]])
const codes = [code('G1'), code('G2')]

describe('items that a joint plan covers', () => {
  it('PLN-16 are those of an internal plan, with the joint plan that has each', () => {
    expect(itemsInJointPlans(codes, lineContext({ jointItems }))).toEqual([
      { code: 'item-needs-reason', pointer: '/itemCodes', itemCode: 'G1', planId: 'plan-230300-2026-JOINT-230300-scj' },
    ])
    expect(itemsInJointPlans(codes, jointContext({ jointItems }))).toEqual([])
    expect(itemsInJointPlans(codes, lineContext())).toEqual([])
  })

  it('PLN-16 are none where policy does not bar them, or prefers no joint checks', () => {
    expect(itemsInJointPlans(codes, lineContext({ jointItems }, cateringJoint))).toEqual([])
    expect(itemsInJointPlans(codes, lineContext({ jointItems }, changed(fourCoalCities, 'plan.jointPreferred', undefined)))).toEqual([])
  })
})
