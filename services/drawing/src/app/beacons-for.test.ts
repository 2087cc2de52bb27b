import type { RegionCode } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { beaconsFor } from './beacons-for.ts'

const beacons = ['drand/quicknet', 'region/230300', 'region/230400', 'self/demo'].map((source) => ({ chain: { source } }))
const named = (regions: readonly string[], ...taking: readonly string[]): readonly string[] =>
  beaconsFor({ beacons, keys: { regions: regions as readonly RegionCode[] } }, ...(taking as readonly RegionCode[])).map(
    ({ chain }) => chain.source,
  )

it('DRW-32 regions that are served together share a list of beacons, of which each leaves out its own', () => {
  expect(named(['230300', '230400'], '230300')).toEqual(['drand/quicknet', 'region/230400', 'self/demo'])
  expect(named(['230300', '230400'], '230400')).toEqual(['drand/quicknet', 'region/230300', 'self/demo'])
})

it('DRW-26 DRW-32 regions that draw together leave out those of all of them', () => {
  expect(named(['230300', '230400'], '230300', '230400')).toEqual(['drand/quicknet', 'self/demo'])
})

it('DRW-32 a region that is served alone is refused its own beacon and not quietly drawn without', () => {
  expect(named(['230300'], '230300')).toContain('region/230300')
})
