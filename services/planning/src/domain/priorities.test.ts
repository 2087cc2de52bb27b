import { describe, expect, it } from 'vitest'
import { fourCoalCities, shanghai } from '../../tests/support/shipped.ts'
import { priorityProblems, requirePriorities } from './priorities.ts'

const government = { aspect: 'PARTY_AND_GOVERNMENT_PRIORITIES', text: '区委区政府年度重点：食品安全示范街' }
const market = { aspect: 'MARKET_ORDER_NEEDS', text: '预付卡投诉上升' }

describe('what a plan reflects', () => {
  it('PLN-30 shanghai-2019 asks for both the priorities of party committee and government and the needs of market order', () => {
    expect(requirePriorities(shanghai, [government, market]).ok).toBe(true)
    expect(requirePriorities(shanghai, [government])).toEqual({
      ok: false,
      error: { code: 'plan-priorities-missing', missing: '规范市场秩序的实际需要' },
    })
    expect(requirePriorities(shanghai, []).ok).toBe(false)
  })

  it('PLN-30 where policy asks for nothing a plan states nothing', () => {
    expect(requirePriorities(fourCoalCities, []).ok).toBe(true)
    expect(priorityProblems(fourCoalCities, [market])).toEqual([{ code: 'priority-not-asked', index: 0, aspect: market.aspect }])
  })

  it('PLN-30 refuses an aspect that policy does not name', () => {
    expect(priorityProblems(shanghai, [government, market])).toEqual([])
    expect(priorityProblems(shanghai, [market, { aspect: 'OTHER', text: '其他' }])).toMatchObject([{ code: 'priority-unknown', index: 1 }])
  })
})
