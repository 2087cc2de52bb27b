import { type BeaconChain, quicknet } from '@dual-random/beacon'
import type { RegionCode } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { regionKeys } from './keys.ts'

const beacon = (source: string, kind: BeaconChain['kind'], publicKey: string): BeaconChain => ({ ...quicknet, source, kind, publicKey })

it('DRW-32 regions that are served together each vouch for the beacons of the others', () => {
  const regions = ['230400', '230500'] as RegionCode[]
  const keys = regionKeys({
    logSeeds: new Map(regions.map((regionCode) => [regionCode, new Uint8Array(32)])),
    registry: { keyId: 'registry', publicKey: 'a' },
    nonceKey: new Uint8Array(32),
    beacons: [beacon('region/230400', 'region', 'b'), beacon('region/230500', 'region', 'c')],
  })
  const named = regions.map((regionCode) => keys.logKeys(regionCode).flatMap(({ role, keyId }) => (role === 'beacon' ? [keyId] : [])))
  expect(named).toEqual([['beacon-of-230500'], ['beacon-of-230400']])
})

it('DRW-32 the genesis of a log vouches for every beacon that drand does not run, each key under a name of its own', () => {
  const regionCode = '230400' as RegionCode
  const keys = regionKeys({
    logSeeds: new Map([[regionCode, new Uint8Array(32)]]),
    registry: { keyId: 'registry', publicKey: 'a' },
    nonceKey: new Uint8Array(32),
    beacons: [quicknet, beacon('region/230400', 'region', 'b'), beacon('region/230500', 'region', 'c'), beacon('self/demo', 'self', 'd')],
  })
  const named = keys.logKeys(regionCode).flatMap(({ role, keyId, publicKey }) => (role === 'beacon' ? [[keyId, publicKey]] : []))
  expect(named).toEqual([
    ['beacon-of-230400', 'b'],
    ['beacon-of-230500', 'c'],
    ['beacon-230400', 'd'],
  ])
})
