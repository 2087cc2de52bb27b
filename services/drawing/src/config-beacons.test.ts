import { quicknet } from '@dual-random/beacon'
import { describe, expect, it } from 'vitest'
import { beaconList } from './config-beacons.ts'

const key = 'a'.repeat(192)
const relays = ['https://one.example/', 'https://two.example/chain']
const region = { source: 'region/230400', relays, publicKey: key, genesisTime: 1_767_225_600, periodSeconds: 30 }

const read = (value: unknown) => {
  const parsed = beaconList.safeParse(typeof value === 'string' ? value : JSON.stringify(value))
  return parsed.success ? parsed.data.chains : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}

describe('DR_BEACONS', () => {
  it('DRW-32 knows quicknet by its pins, and takes key and times of a region’s or one’s own beacon', () => {
    expect(read([{ source: 'drand/quicknet', relays, hedgeMs: 500 }, region, { ...region, source: 'self/demo' }])).toMatchObject([
      { chain: quicknet, relays, hedgeMs: 500 },
      { chain: { source: 'region/230400', kind: 'region', publicKey: key, genesisTime: 1_767_225_600, periodSeconds: 30 }, relays },
      { chain: { source: 'self/demo', kind: 'self' } },
    ])
  })

  it('DRW-32 takes public numbers by the digest of their definition, beside beacons or alone', () => {
    const numbers = { source: 'numbers/two-lotteries', definition: 'b'.repeat(64) }
    const parsed = beaconList.safeParse(JSON.stringify([numbers, region]))
    expect(parsed.data).toMatchObject({ chains: [{ chain: { source: region.source } }], numbers: [numbers] })
    expect(beaconList.safeParse(JSON.stringify([numbers])).data).toEqual({ chains: [], numbers: [numbers] })
  })

  it.each([
    [[{ source: 'numbers/a' }], /^0: numbers\/a: .*definition is needed/],
    [[{ source: 'numbers/a', definition: 'b'.repeat(64), relays }], /^0: numbers\/a: .*nothing else/],
    [[{ source: 'numbers/A', definition: 'b'.repeat(64) }], /^0: numbers\/A: /],
    [[{ source: 'numbers/a', definition: 'B'.repeat(64) }], /^0\.definition: /],
    [
      [
        { source: 'numbers/a', definition: 'b'.repeat(64) },
        { source: 'numbers/a', definition: 'c'.repeat(64) },
      ],
      /^1: numbers\/a .*named twice/,
    ],
    [[{ ...region, definition: 'b'.repeat(64) }], /^0: region\/230400: .*public numbers alone/],
    [[{ source: 'drand/quicknet' }], /^0: drand\/quicknet: .*relays are needed/],
    ['{', /JSON/],
    ['{}', /^: /],
    [[], /至少一个信标/],
    [[{ ...region, relays: [] }], /^0\.relays: /],
    [[{ ...region, relays: ['ftp://x'] }], /^0\.relays\.0: /],
    [[{ ...region, relays: ['https://one.example', 'https://one.example/'] }], /^0: .*relay is named twice/],
    [[{ ...region, publicKey: 'A'.repeat(192) }], /^0\.publicKey: /],
    [[{ ...region, more: 1 }], /^0: /],
    [[region, { source: 'region/230500', relays }], /^1: region\/230500: .*all three/],
    [
      [
        { ...region, source: 'self/a' },
        { ...region, source: 'self/b' },
      ],
      /^: .*at most one/,
    ],
    [[region, region], /^1: region\/230400 .*named twice/],
    [[{ source: 'drand/quicknet', relays, periodSeconds: 3 }], /^0: .*built in/],
    [[{ ...region, source: 'drand/default' }], /^0: drand\/default: .*drand\/quicknet, region/],
    [[{ ...region, source: 'region/hegang' }], /^0: region\/hegang: /],
  ])('refuses %j', (value, problem) => {
    expect(read(value)).toEqual([expect.stringMatching(problem)])
  })
})
