import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { act, code, gaj, item, planLine, scj, units } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt } from '../../tests/support/plans.ts'
import { ledMatters, matterPlans } from './matter-plans.ts'
import type { Plan, PlanLine, PlanVersion } from './plan.ts'

const matters = ['集中用餐单位', '客运索道']
const items = [
  item('M1', { listType: 'JOINT', supervisionMatter: '集中用餐单位' }),
  item('M2', { listType: 'JOINT', supervisionMatter: '集中用餐单位' }),
  item('R1', { listType: 'JOINT', supervisionMatter: '旅馆' }),
  item('G1', { listType: 'JOINT' }),
]
const line = (itemCode: string, members: Partial<PlanLine> = {}): PlanLine => ({
  ...planLine('L01'),
  itemCodes: [code(itemCode)],
  ...members,
})
const draft = (lines: readonly PlanLine[]): PlanVersion => ({ state: 'DRAFT', number: 1, lines, changes: [] })
const first = (plans: readonly Plan[]) => matterPlans(matters, { items, units, plans })[0]

describe('annual plans of matters', () => {
  it('JNT-06 heilongjiang has market regulators lead three matters, the others name none', () => {
    expect(ledMatters(policyOf('heilongjiang'))).toEqual(['集中用餐单位', '客运索道', '大型游乐设施'])
    expect(ledMatters(policyOf('local/four-coal-cities'))).toHaveLength(3)
    for (const preset of ['samr-2024', 'samr-2023-draft', 'shanghai-2019']) expect(ledMatters(policyOf(preset))).toEqual([])
  })

  it('PLN-27 JNT-06 are missing where no line has an item of the matter', () => {
    expect(first([])).toEqual({ matter: '集中用餐单位', itemCodes: ['M1', 'M2'], plans: [], lacks: ['PLAN'] })
    expect(first([planAt(draft([line('R1'), line('G1')]), { planType: 'JOINT' })])?.lacks).toEqual(['PLAN'])
    expect(matterPlans(matters, { items, units, plans: [] })[1]).toMatchObject({ matter: '客运索道', lacks: ['ITEMS', 'PLAN'] })
  })

  it('PLN-27 JNT-06 are led by a market regulator', () => {
    const led = planAt(draft([line('M2')]), { planType: 'JOINT' })
    expect(first([led])).toMatchObject({
      plans: [{ planId: led.planId, state: 'DRAFT', lineIds: ['L01'], ledLineIds: ['L01'] }],
      lacks: ['FILING'],
    })
    const other = planAt(draft([line('M2', { initiatorUnitId: gaj })]), { planType: 'JOINT', unitId: scj })
    expect(first([other])).toMatchObject({ plans: [{ lineIds: ['L01'], ledLineIds: [] }], lacks: ['LEAD'] })
  })

  it('PLN-27 JNT-06 are filed', () => {
    const filed = planAt(filedVersionOf([line('M1')], act.at), { planType: 'JOINT' })
    expect(first([filed])).toMatchObject({ plans: [{ state: 'FILED', filedAt: act.at }], lacks: [] })
    const elsewhere = planAt(filedVersionOf([line('M1', { initiatorUnitId: gaj })], act.at), { planType: 'JOINT', unitId: gaj })
    expect(first([elsewhere, planAt(draft([line('M1')]), { planType: 'JOINT' })])?.lacks).toEqual(['FILING'])
  })
})
