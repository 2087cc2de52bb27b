import { committedBeacon, type DrawChain } from '@dual-random/beacon'
import { addMs, type Instant, type RegionCode } from '@dual-random/kernel'
import type { KeysFile } from '@dual-random/witness'
import { keysFile } from '@dual-random/witness/testing'
import { describe, expect, it } from 'vitest'
import type { DrawIn } from '../domain/draw.ts'
import { delaySeconds } from '../domain/schedule.ts'
import type { Insiders } from './insiders.ts'
import type { RegionLogs } from './ports.ts'
import { requireCombination } from './require-combination.ts'

const committedAt = '2026-03-02T01:05:00.000Z' as Instant
const chains = ['230400', '230500', '230900'].map(
  (operator): DrawChain => ({
    source: `region/${operator}`,
    kind: 'region',
    scheme: 'bls-unchained-g1-rfc9380',
    publicKey: operator.slice(3, 4).repeat(192),
    genesisTime: 1_767_225_600,
    periodSeconds: 30,
    beaconId: operator,
    groupHash: 'f'.repeat(64),
  }),
)
const terms = { marginSeconds: 600, revealWindowSeconds: 1800 }
const draw = { unitId: '230300-scj', terms } as unknown as DrawIn<'FROZEN'>

/** A log whose genesis with the keys of all beacons is so old when S is made. */
const logsOf = (ageMs: number): RegionLogs => {
  const keys = chains.map(({ source, publicKey }) => ({
    keyId: `beacon-of-${source.slice(-6)}`,
    role: 'beacon',
    algorithm: 'bls12381-g2',
    publicKey,
  }))
  const log = { genesis: { demo: false, keys, startedAt: addMs(committedAt, -ageMs) }, keys: [] }
  return { head: () => Promise.resolve(log) } as unknown as RegionLogs
}
const insiders: Insiders = { regions: ['230300' as RegionCode], unitIds: [draw.unitId] }
const required = (ageMs: number, beaconKeyAgeSeconds?: number, pins: Partial<KeysFile> = {}): Promise<void> =>
  requireCombination(logsOf(ageMs), draw, '230300' as RegionCode, {
    committedAt,
    tips: [],
    beacons: chains.map((chain) => committedBeacon(chain, committedAt, delaySeconds(terms, 0))),
    insiders,
    pinned: { ...keysFile, ...(beaconKeyAgeSeconds === undefined ? {} : { beaconKeyAgeSeconds }), ...pins },
  })
const tooYoung = { code: 'beacons-not-allowed', meta: { reason: 'key-too-young' } }

describe('the margin of policy', () => {
  const leaving = (leastMarginSeconds?: number): Promise<void> =>
    required(30 * 86_400_000, undefined, leastMarginSeconds === undefined ? {} : { leastMarginSeconds })

  it('DRW-32 is not shorter than what the keys file pins, 600 seconds where it does not say', async () => {
    await expect(leaving()).resolves.toBeUndefined()
    await expect(leaving(600)).resolves.toBeUndefined()
    const tooShort = { code: 'margin-too-short', meta: { seconds: 600, leastSeconds: 601 } }
    await expect(leaving(601)).rejects.toMatchObject(tooShort)
  })
})

describe('the beacons that S may name', () => {
  it('DRW-32 have their keys in the log for 30 days where the keys file does not say', async () => {
    await expect(required(30 * 86_400_000)).resolves.toBeUndefined()
    await expect(required(30 * 86_400_000 - 1)).rejects.toMatchObject(tooYoung)
  })

  it('DRW-32 have them there for the time that the keys file asks for, shorter or longer', async () => {
    await expect(required(10_000, 10)).resolves.toBeUndefined()
    await expect(required(9999, 10)).rejects.toMatchObject(tooYoung)
    await expect(required(30 * 86_400_000, 31 * 86_400)).rejects.toMatchObject(tooYoung)
  })
})

describe('the beacons of a redraw in another city than the organiser’s', () => {
  const tips = ['230600-scj', '230600-fire'].map((unitId) => ({ unitId, tip: 'c'.repeat(64) }))
  const named = (count: number, inside: Insiders): Promise<void> =>
    requireCombination(logsOf(30 * 86_400_000), draw, '230600' as RegionCode, {
      committedAt,
      tips,
      beacons: chains.slice(0, count).map((chain) => committedBeacon(chain, committedAt, delaySeconds(terms, tips.length))),
      insiders: inside,
      pinned: keysFile,
    })
  const inside = (regions: readonly string[], unitIds: readonly string[]) => ({ regions, unitIds }) as Insiders
  const refused = (reason: string) => ({ code: 'beacons-not-allowed', meta: { reason } })

  it('DRW-26 DRW-32 are three regions’ where whoever gives a tip checks in the parent', async () => {
    const all = inside(['230300', '230600'], [draw.unitId, ...tips.map(({ unitId }) => unitId)])
    await expect(named(2, all)).rejects.toMatchObject(refused('too-few-regions'))
    await expect(named(3, all)).resolves.toBeUndefined()
    await expect(named(2, inside(all.regions, all.unitIds.slice(0, 2)))).resolves.toBeUndefined()
  })

  it('DRW-26 DRW-32 are of no city of the parent', async () => {
    await expect(named(3, inside(['230300', '230500', '230600'], [draw.unitId]))).rejects.toMatchObject(refused('run-by-organiser'))
  })
})
