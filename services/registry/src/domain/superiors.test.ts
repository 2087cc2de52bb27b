import type { RegionCode } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { selfAndSuperiors } from './superiors.ts'

it('CRD-01 a region is served by its own systems and by those of every level above it, the nearest first', () => {
  const of = (code: string) => selfAndSuperiors(code as RegionCode)
  expect(of('230302')).toEqual(['230302', '230300', '230000'])
  expect(of('230300')).toEqual(['230300', '230000'])
  expect(of('230000')).toEqual(['230000'])
})
