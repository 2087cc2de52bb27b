import type { Policy } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { code, lineContext, lineId, lineInput } from '../../tests/support/lines.ts'
import { fourCoalCities, heilongjiang, samr2024, samrDraft, shanghai, shaoxing } from '../../tests/support/shipped.ts'
import { buildLine } from './build-line.ts'

const reasons = [{ rule: 'ITEM_IN_JOINT_PLAN', reason: '专项部署', legalBasis: '实施方案二(三)' }] as const

/** What is said of an item in a line that is drawn, whatever else is wrong with the line. */
const saidOf = (item: string, policy: Policy): readonly string[] => {
  const built = buildLine(lineInput({ itemCodes: [code(item)], reasons }), lineContext({}, policy), {
    lineId: lineId('L01'),
    commandId: 'c',
  })
  return built.ok ? [] : built.error.flatMap((problem) => ('itemCode' in problem ? [`${problem.code} ${problem.itemCode}`] : []))
}

describe('items off the lists in a line that is drawn', () => {
  it('REG-13 are refused under every policy, also where its document does not say so; no reason opens the bar', () => {
    for (const policy of [shanghai, shaoxing, fourCoalCities, heilongjiang, samr2024])
      expect(saidOf('X9', policy)).toEqual(['item-not-on-list X9'])
  })

  it('REG-13 samr-2023-draft has supervision go strictly by the lists, and the refusal says so', () => {
    expect(saidOf('X9', samrDraft)).toEqual(['item-not-by-list X9'])
    expect(saidOf('G1', samrDraft)).toEqual([])
  })
})
