import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { identityRegion } from './identity.ts'

describe('DQ-04 identity', () => {
  it.each([
    ['230302', '230300'],
    ['230300', '230300'],
    ['230000', '230000'],
    ['429004', '429000'],
  ])('a code of %s names one record in %s', (region, city) => {
    expect(identityRegion(region as RegionCode)).toBe(city)
  })
})
