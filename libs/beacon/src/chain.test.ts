import { readFileSync } from 'node:fs'
import { epochMsOf, instantOf } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { builtInChains, chainHash, committedBeacon, type DrawChain, firstRoundAt, latestRoundAt, quicknet, timeOfRound } from './chain.ts'
import { parseChainInfo } from './chain-info.ts'
import { schemes } from './scheme.ts'

const read = (path: string): unknown => JSON.parse(readFileSync(new URL(`../../../tests/vectors/${path}`, import.meta.url), 'utf8'))

/** Published by drand; see tests/vectors/draw/README.md. */
const { times } = read('draw/drand.json') as { readonly times: readonly { readonly round: number; readonly time: number }[] }

type Info = Readonly<Record<'public_key' | 'hash' | 'groupHash' | 'schemeID', string>> & {
  readonly period: number
  readonly genesis_time: number
  readonly metadata: { readonly beaconID: string }
}
/** Published by drand; see tests/vectors/beacon/README.md. */
const { chains } = read('beacon/chains.json') as { readonly chains: readonly Info[] }
const infoOf = (hash: string): Info => chains.find((info) => info.hash === hash) as Info

describe('drand', () => {
  it.each([
    ['default', '8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce'],
    ['quicknet', '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971'],
  ] as const)('DRW-32 has the pins of %s, known by its chain hash', (name, hash) => {
    const { public_key, period, genesis_time, groupHash, schemeID, metadata } = infoOf(hash)
    const chain = builtInChains[name]
    expect(chainHash(chain)).toBe(hash)
    expect(chain).toEqual({
      source: `drand/${name}`,
      kind: 'drand',
      scheme: schemeID,
      publicKey: public_key,
      genesisTime: genesis_time,
      periodSeconds: period,
      beaconId: metadata.beaconID,
      groupHash,
    })
  })
})

describe('a chain as drand publishes it', () => {
  const [info] = chains as readonly [Info]
  const refusal = (value: unknown) => {
    const parsed = parseChainInfo(value)
    return parsed.ok ? parsed.value : parsed.error
  }

  it('DRW-32 is read, and its hash must be that of its members', () => {
    for (const one of chains) {
      expect(refusal(one)).toEqual({ scheme: one.schemeID, publicKey: one.public_key, genesisSeed: one.groupHash })
      for (const change of [{ period: 31 }, { genesis_time: 1 }, { groupHash: one.hash }, { metadata: { beaconID: 'other' } }])
        expect(refusal({ ...one, ...change })).toMatchObject({ code: 'other-hash', found: one.hash })
    }
  })

  it('is read as drand 2 names its members', () => {
    const { public_key, period, genesis_time, hash, groupHash, schemeID } = info
    const v2 = { public_key, period, genesis_time, chain_hash: hash, genesis_seed: groupHash, scheme: schemeID, beacon_id: 'default' }
    expect(refusal(v2)).toEqual(refusal(info))
    expect(refusal({ ...v2, period: 1 })).toMatchObject({ code: 'other-hash' })
  })

  it('needs no more than key and scheme', () => {
    const { public_key, schemeID } = info
    expect(refusal({ public_key, schemeID })).toEqual({ scheme: schemeID, publicKey: public_key })
    for (const part of [
      { hash: info.hash },
      { hash: info.hash, groupHash: info.groupHash, period: 'x' },
      { hash: info.hash, metadata: null },
    ])
      expect(refusal({ public_key, schemeID, ...part })).toMatchObject({ scheme: schemeID })
  })

  it('DRW-32 is refused by name where its scheme is another, and where its key is not of the scheme', () => {
    expect(refusal({ ...info, schemeID: 'bls-bn254-unchained-on-g1' })).toEqual({
      code: 'unknown-scheme',
      scheme: 'bls-bn254-unchained-on-g1',
      known: schemes,
    })
    expect(refusal({ ...info, schemeID: 'bls-unchained-on-g1' })).toMatchObject({ code: 'bad-public-key', bytes: 96 })
    for (const public_key of [undefined, '', info.public_key.toUpperCase(), info.public_key.slice(2)])
      expect(refusal({ ...info, public_key })).toMatchObject({ code: 'bad-public-key', bytes: 48 })
    expect(refusal({ public_key: info.public_key })).toEqual({ code: 'no-scheme' })
    for (const value of [null, 1, 'x', []]) expect(refusal(value)).toEqual({ code: 'not-an-object' })
  })
})

describe('rounds and time', () => {
  it('DRW-32 agrees with the published times, and changes the round at the second', () => {
    for (const { round, time } of times) {
      expect(timeOfRound(quicknet, round)).toBe(instantOf(1000 * time))
      expect(firstRoundAt(quicknet, instantOf(1000 * time))).toBe(round)
      expect(firstRoundAt(quicknet, instantOf(1000 * time + 1))).toBe(round + 1)
      expect(latestRoundAt(quicknet, instantOf(1000 * time))).toBe(round)
      expect(latestRoundAt(quicknet, instantOf(1000 * time - 1))).toBe(round - 1)
    }
  })

  it('DRW-32 names the first round at or after the delay', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 9), fc.integer({ min: 1, max: 3600 }), fc.nat(10 ** 6), (sinceMs, periodSeconds, delaySeconds) => {
        const chain: DrawChain = { ...quicknet, periodSeconds }
        const committedAt = instantOf(1000 * chain.genesisTime + sinceMs)
        const { round } = committedBeacon(chain, committedAt, delaySeconds)
        const earliest = epochMsOf(committedAt) + 1000 * delaySeconds
        expect(epochMsOf(timeOfRound(chain, round))).toBeGreaterThanOrEqual(earliest)
        expect(round === 1 || epochMsOf(timeOfRound(chain, round - 1)) < earliest).toBe(true)
      }),
    )
  })

  it('has round 1 first and no latest round before the genesis', () => {
    const before = instantOf(1000 * quicknet.genesisTime - 5000)
    expect(firstRoundAt(quicknet, before)).toBe(1)
    expect(latestRoundAt(quicknet, before)).toBe(0)
  })
})
