import type { DrawId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { hex } from '../../tests/fixtures.ts'
import { requireCarried } from './require-carried.ts'

type Deps = Parameters<typeof requireCarried>[0]
const [own, other] = ['230300', '230400'] as unknown as readonly [RegionCode, RegionCode]
const draw = { drawId: hex('a') as DrawId, regionCode: own }

/** Tips of this draw in the log of its region, and of nobody anywhere else. */
const depsOf = (sources: readonly string[], tippedBy: readonly string[], numbers: readonly object[] = []): Deps =>
  ({
    beacons: sources.map((source) => ({ chain: { source, kind: source.split('/')[0] } })),
    numbers,
    keys: { regions: [own, other] },
    logs: {
      ofDraw: async (regionCode: RegionCode, drawId: DrawId) =>
        regionCode === own && drawId === draw.drawId ? tippedBy.map((unitId) => ({ kind: 'tip', record: { unitId } })) : [],
    },
  }) as unknown as Deps

const required = (deps: Deps, regions: readonly RegionCode[] = [own]) =>
  requireCarried(deps, draw, { regions, unitIds: ['230300-scj' as UnitId] })
const tooFew = (found: number, atLeast: number) => ({
  kind: 'failed-precondition',
  code: 'beacons-not-allowed',
  meta: { reason: 'too-few-regions', detail: JSON.stringify({ found, atLeast }) },
})
const two = ['region/230500', 'region/230900']

describe('before a freeze', () => {
  it('DRW-32 two regions’ beacons need a tip from outside the organiser, three none', async () => {
    await expect(required(depsOf(two, []))).rejects.toMatchObject(tooFew(2, 3))
    await expect(required(depsOf(two, ['230300-scj']))).rejects.toMatchObject(tooFew(2, 3))
    await expect(required(depsOf(two, ['230000-scj']))).resolves.toBeUndefined()
    await expect(required(depsOf([...two, 'region/230400'], []))).resolves.toBeUndefined()
  })

  it('DRW-26 DRW-32 beacons of cities that draw together do not count', async () => {
    const three = [...two, 'region/230400']
    await expect(required(depsOf(three, []), [own, other])).rejects.toMatchObject(tooFew(2, 3))
    await expect(required(depsOf(three, ['230000-scj']), [own, other])).resolves.toBeUndefined()
  })

  it('DRW-32 drand and public numbers carry a draw without a tip', async () => {
    await expect(required(depsOf(['drand/quicknet'], []))).resolves.toBeUndefined()
    await expect(required(depsOf(two, [], [{}]))).resolves.toBeUndefined()
  })
})
