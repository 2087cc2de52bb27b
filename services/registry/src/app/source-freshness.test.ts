import type { Instant, RegionCode } from '@dual-random/kernel'
import { policyOf } from '@dual-random/testkit/shipped'
import { expect, it } from 'vitest'
import type { Imports } from './ports.ts'
import { sourceFreshness } from './source-freshness.ts'

const policy = policyOf('heilongjiang')

/** Of which regions' systems the credit results of a region are taken. */
async function pushing(regionCode: string): Promise<readonly string[]> {
  const asked: (readonly string[])[] = []
  const imports = {
    lastBy: async ({ regionCodes = [] }: { readonly regionCodes?: readonly string[] }) => {
      asked.push(regionCodes)
      return undefined
    },
  } as unknown as Imports
  const at = '2026-03-02T01:00:00.000Z' as Instant
  await sourceFreshness(imports, policy, { regionCode: regionCode as RegionCode, at, objectUnitIds: [], inspectorUnitIds: [] })
  return asked.flat()
}

it('CRD-01 PLN-07 a region is served by its own systems and by those of every level above it, the nearest first', async () => {
  expect(await pushing('230302')).toEqual(['230302', '230300', '230000'])
  expect(await pushing('230000')).toEqual(['230000'])
})

it('CRD-01 PLN-07 a district of a municipality by that at once, a county that is its province’s own by the province', async () => {
  const [municipality] = policy.find('division.municipalities') ?? []
  const district = `${municipality?.slice(0, 2)}0101`
  expect(await pushing(district)).toEqual([district, municipality])
  expect(await pushing('429004')).toEqual(['429004', '420000'])
})
