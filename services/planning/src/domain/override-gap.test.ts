import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, scj } from '../../tests/support/lines.ts'
import { fourCoalCities } from '../../tests/support/shipped.ts'
import { overrideGap } from './override-gap.ts'

const gap = (reasons: Parameters<typeof overrideGap>[2], by = act) =>
  overrideGap(fourCoalCities, 'ratio.bands', reasons, { act: by, unitId: scj })
const whole = { reason: '风险上升', legalBasis: '实施方案' }

describe('what a reason leaves open', () => {
  it('POL-07 nothing where one says why and on what basis', () => {
    expect(gap([whole])).toBeUndefined()
    expect(gap([{ reason: '', legalBasis: '' }, whole])).toBeUndefined()
  })

  it('POL-07 no reason, an empty one and one without a basis override nothing', () => {
    expect(gap([])).toBe('override-incomplete')
    expect(gap([{ reason: '风险上升' }])).toBe('override-incomplete')
    expect(gap([{ ...whole, reason: '' }])).toBe('override-incomplete')
  })

  it('POL-07 who gave it and when are the reason’s own where it has them, else of who asks', () => {
    const nobody = { ...act, by: '' }
    expect(gap([whole], nobody)).toBe('override-incomplete')
    expect(gap([{ ...whole, by: 'li' }], nobody)).toBeUndefined()
    expect(gap([{ ...whole, by: '' }])).toBe('override-incomplete')
    expect(gap([{ ...whole, at: '2026-01-02T00:00:00.000Z' as Instant }])).toBeUndefined()
  })
})
