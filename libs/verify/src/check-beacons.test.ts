import { committedBeacon, type DrawChain, singleKeyChain } from '@dual-random/beacon'
import type { Commitment } from '@dual-random/draw'
import { describe, expect, it } from 'vitest'
import { beaconSecretOf, plainCommittedAt, regionChain } from '../tests/index.ts'
import { told } from '../tests/read-draw.ts'
import { checkRedrawBeacons } from './check-beacons.ts'

/** Deriving a key takes long: each once. */
const chains = new Map(
  ['230300', '230400', '230500', '230600', '230900'].map((regionCode): [string, DrawChain] => {
    const source = `region/${regionCode}`
    const { genesisTime, periodSeconds, beaconId } = regionChain
    return [regionCode, singleKeyChain(beaconSecretOf({ source }), { source, kind: 'region', genesisTime, periodSeconds, beaconId })]
  }),
)
function chainOf(regionCode: string): DrawChain {
  const chain = chains.get(regionCode)
  if (chain === undefined) throw new Error(`no beacon of ${regionCode}`)
  return chain
}
const numbers = {
  source: 'numbers/two-lotteries',
  kind: 'public-numbers',
  definition: 'a'.repeat(64),
  notBefore: plainCommittedAt,
} as const
const units = (...ids: readonly string[]) => ids.map((unitId) => ({ unitId, digest: 'b'.repeat(64) }))
const partOf = (regionCode: string) => ({ snapshot: { regionCode } })

/** 230300 organised, 230600 took part; bureaus of both check, and one of the province. */
const parent = {
  regionCode: '230300',
  organiserUnitId: '230300-scj',
  ...partOf('230300'),
  joint: { merged: false, parts: [partOf('230600')] },
  matchInputs: units('230000-fire', '230300-fire', '230600-scj'),
} as unknown as Commitment

interface Asked {
  readonly regionCode?: string
  readonly beacons: readonly string[]
  readonly tippedBy?: readonly string[]
  readonly withNumbers?: true
}
function faults({ regionCode = '230600', beacons, tippedBy = [], withNumbers }: Asked): readonly string[] {
  const s = {
    regionCode,
    organiserUnitId: '230300-scj',
    ...partOf(regionCode),
    beacons: [
      ...(withNumbers === undefined ? [] : [numbers]),
      ...beacons.map((code) => committedBeacon(chainOf(code), plainCommittedAt, 1800)),
    ],
    tips: tippedBy.map((unitId) => ({ unitId, tip: 'c'.repeat(64) })),
  } as unknown as Commitment
  return told(checkRedrawBeacons(s, parent))
}

const three = ['230400', '230500', '230900']

describe('the beacons of a redraw in another city than the organiser’s', () => {
  it('DRW-26 DRW-32 are of no city that drew in the parent', () => {
    expect(faults({ beacons: three })).toEqual([])
    expect(faults({ beacons: ['230300', ...three] })).toEqual(['/beacons/0/source: beacon-of-no-other-region'])
    expect(faults({ beacons: ['230600', ...three] })).toEqual(['/beacons/0/source: beacon-of-no-other-region'])
    expect(faults({ beacons: ['230600', ...three], regionCode: '230300' })).toEqual([])
  })

  it('DRW-26 DRW-32 are of three regions where every tip is of a unit that organises or checks in the parent', () => {
    const two = three.slice(1)
    const inside = ['230000-fire', '230300-fire', '230300-scj', '230600-scj']
    for (const tippedBy of [[], inside, ...inside.map((unitId) => [unitId])]) {
      expect(faults({ beacons: two, tippedBy })).toEqual(['/beacons: too-few-regions'])
      expect(faults({ beacons: three, tippedBy })).toEqual([])
      expect(faults({ beacons: two, tippedBy, withNumbers: true })).toEqual([])
    }
    expect(faults({ beacons: two, tippedBy: [...inside, '230000-scj'] })).toEqual([])
    expect(faults({ beacons: two, tippedBy: inside, regionCode: '230300' })).toEqual([])
  })
})
