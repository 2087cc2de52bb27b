import { addMs, instantOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type CommittedBeacon, committedBeacon, type DrawChain, quicknet } from './chain.ts'
import { type Combination, checkCombination, tooFewRegions } from './combination.ts'
import type { CommittedPublicNumbers } from './numbers-definition.ts'

const committedAt = instantOf(Date.UTC(2026, 2, 2, 1))
const delaySeconds = 3000
const days = (count: number) => addMs(committedAt, -count * 86_400_000)

const regionChain = (source: string, publicKey: string, genesisTime: number): DrawChain => ({
  source,
  kind: 'region',
  scheme: 'bls-unchained-g1-rfc9380',
  publicKey: publicKey.repeat(192),
  genesisTime,
  periodSeconds: 30,
  beaconId: source,
  groupHash: 'f'.repeat(64),
})
const named = (chain: DrawChain): CommittedBeacon => committedBeacon(chain, committedAt, delaySeconds)

const hegang = named(regionChain('region/230400', '4', 1_767_225_607))
const shuangyashan = named(regionChain('region/230500', '5', 1_767_225_611))
const qitaihe = named(regionChain('region/230900', '9', 1_767_225_613))
const own = named(regionChain('region/230300', '3', 1_767_225_600))
const self: CommittedBeacon = { ...own, source: 'self/230300', kind: 'self' }
const drand = named(quicknet)
const numbers: CommittedPublicNumbers = {
  source: 'numbers/two-lotteries',
  kind: 'public-numbers',
  definition: 'a'.repeat(64),
  notBefore: addMs(committedAt, 1000 * delaySeconds),
}

const keysInLog = [hegang, shuangyashan, own, qitaihe].map(({ publicKey, source }) => ({
  keyId: `beacon-of-${source.slice(-6)}`,
  publicKey,
  enteredAt: days(30),
}))
const base = {
  organiserUnitId: '230300-scj',
  insideUnitIds: ['230300-scj'],
  regionCodes: ['230300'],
  committedAt,
  delaySeconds,
  marginSeconds: 600,
  revealWindowSeconds: 1800,
  keysInLog,
  definitionsInLog: [{ digest: numbers.definition, source: numbers.source, enteredAt: days(30) }],
  keyAgeSeconds: 30 * 86_400,
  tippedBy: ['230000-scj'],
  demo: false,
}

const judged = (beacons: Combination['beacons'], change: Partial<Combination> = {}) => {
  const checked = checkCombination({ ...base, beacons, ...change })
  return checked.ok ? 'carried' : checked.error
}

describe('the beacons of a commitment', () => {
  it('DRW-32 carry a draw as drand alone, two other regions, or public numbers', () => {
    for (const beacons of [[drand], [hegang, shuangyashan], [numbers], [drand, hegang], [numbers, drand, shuangyashan]])
      expect(judged(beacons)).toBe('carried')
  })

  it('DRW-32 do not carry one without any, or with one region alone', () => {
    expect(judged([])).toEqual({ code: 'no-beacon' })
    expect(judged([hegang])).toEqual({ code: 'too-few-regions', found: 1, atLeast: 2 })
  })

  it('DRW-32 are of three other regions where no unit outside the organiser gives a tip, as two could foresee it together', () => {
    for (const tippedBy of [[], ['230300-scj']]) {
      expect(judged([hegang, shuangyashan], { tippedBy })).toEqual({ code: 'too-few-regions', found: 2, atLeast: 3 })
      expect(judged([hegang, shuangyashan, qitaihe], { tippedBy })).toBe('carried')
    }
    expect(judged([hegang, shuangyashan], { tippedBy: ['230300-scj', '230000-scj'] })).toBe('carried')
  })

  it('DRW-32 are known to be too few before any of them is named with a round', () => {
    const few = (kinds: readonly Combination['beacons'][number]['kind'][], ...tippedBy: readonly string[]) =>
      tooFewRegions(
        kinds.map((kind) => ({ kind })),
        { tippedBy, insideUnitIds: ['230300-scj'] },
      )
    expect(few(['region'], '230000-scj')).toEqual({ found: 1, atLeast: 2 })
    expect(few(['region', 'region'], '230000-scj')).toBeUndefined()
    expect(few(['region', 'region'], '230300-scj')).toEqual({ found: 2, atLeast: 3 })
    expect(few(['region', 'region', 'region'])).toBeUndefined()
    expect(few(['region', 'drand'])).toBeUndefined()
    expect(few(['public-numbers'])).toBeUndefined()
  })

  it('DRW-26 DRW-32 are of three regions too where every unit that gives a tip is inside, organiser or not', () => {
    const insideUnitIds = ['230300-scj', '230300-fire', '230600-scj']
    const tippedBy = ['230300-fire', '230600-scj']
    expect(judged([hegang, shuangyashan], { insideUnitIds, tippedBy })).toEqual({ code: 'too-few-regions', found: 2, atLeast: 3 })
    expect(judged([hegang, shuangyashan, qitaihe], { insideUnitIds, tippedBy })).toBe('carried')
    expect(judged([hegang, shuangyashan], { insideUnitIds, tippedBy: [...tippedBy, '230000-scj'] })).toBe('carried')
  })

  it('DRW-26 DRW-32 are none of any region that draws', () => {
    const drawing = (...regionCodes: readonly string[]) => judged([hegang, shuangyashan, qitaihe], { regionCodes })
    expect(drawing('230300', '230600')).toBe('carried')
    expect(drawing('230300', '230500')).toEqual({ code: 'run-by-organiser', source: 'region/230500' })
  })

  it('DRW-32 are none of the organiser’s, whatever else carries the draw', () => {
    for (const beacons of [
      [hegang, own],
      [drand, own],
    ])
      expect(judged(beacons)).toEqual({ code: 'run-by-organiser', source: 'region/230300' })
    expect(judged([hegang, own, shuangyashan], { regionCodes: ['230900'] })).toBe('carried')
  })

  it('DRW-26 DRW-32 are two regions’, not one under two names, and none that gives a tip', () => {
    expect(judged([hegang, hegang])).toEqual({ code: 'source-named-twice', source: 'region/230400' })
    const twin = { ...hegang, source: 'region/230500' }
    expect(judged([hegang, twin])).toEqual({ code: 'key-of-another-region', source: 'region/230500', keyId: 'beacon-of-230400' })
    const runBy = (...units: readonly string[]) => keysInLog.map((key, index) => ({ ...key, unitId: units[index] ?? '' }))
    expect(judged([hegang, shuangyashan], { keysInLog: runBy('230600-scj', '230600-scj') })).toMatchObject({ code: 'one-operator' })
    expect(judged([hegang, shuangyashan], { keysInLog: runBy('230400-scj', '230500-scj') })).toBe('carried')
    expect(judged([hegang, shuangyashan], { keysInLog: runBy('230400-scj', '230300-scj') })).toEqual({
      code: 'run-by-organiser',
      source: 'region/230500',
    })
    // Who runs one and gives a tip could leave out either once it sees where the draw goes.
    const units = runBy('230400-scj', '230500-scj')
    expect(judged([hegang, shuangyashan], { keysInLog: units, tippedBy: ['230000-scj', '230500-scj'] })).toEqual({
      code: 'tip-by-operator',
      source: 'region/230500',
      unitId: '230500-scj',
    })
    expect(judged([hegang, shuangyashan], { keysInLog: units, tippedBy: ['230000-scj'] })).toBe('carried')
    for (const source of ['region/23040', 'region/hegang', 'beacon/230400', 'region/000000', 'region/2304001'])
      expect(judged([{ ...hegang, source }, shuangyashan])).toEqual({ code: 'no-region', source })
  })

  it('DRW-32 are of the region that the superior admitted their keys for, and no other name makes them another’s', () => {
    const called = (keyId: string) =>
      judged([hegang, shuangyashan], { keysInLog: keysInLog.with(0, { ...(keysInLog[0] as (typeof keysInLog)[number]), keyId }) })
    for (const keyId of ['beacon-of-230400', 'beacon-of-230400-2', 'beacon-of-230400-2026']) expect(called(keyId)).toBe('carried')
    for (const keyId of ['beacon-of-230500', 'beacon-230400', 'beacon-of-2304001', 'beacon-of-230400-', 'x-beacon-of-230400'])
      expect(called(keyId)).toEqual({ code: 'key-of-another-region', source: 'region/230400', keyId })
  })

  it('DRW-32 have their keys in the log for 30 days', () => {
    const since = (enteredAt: ReturnType<typeof days>) => [
      { ...(keysInLog[0] as (typeof keysInLog)[number]), enteredAt },
      ...keysInLog.slice(1),
    ]
    expect(judged([hegang, shuangyashan], { keysInLog: keysInLog.slice(1) })).toEqual({ code: 'key-not-in-log', source: 'region/230400' })
    const enteredAt = addMs(days(30), 1)
    expect(judged([hegang, shuangyashan], { keysInLog: since(enteredAt) })).toEqual({
      code: 'key-too-young',
      source: 'region/230400',
      enteredAt,
      usableFrom: addMs(committedAt, 1),
    })
    expect(judged([hegang, shuangyashan], { keysInLog: since(days(30)) })).toBe('carried')
    expect(judged([drand, hegang], { keysInLog: [] })).toEqual({ code: 'key-not-in-log', source: 'region/230400' })
  })

  it('DRW-32 have their keys in the log for as long as is pinned', () => {
    const entered = (seconds: number) => keysInLog.map((key) => ({ ...key, enteredAt: addMs(committedAt, -1000 * seconds) }))
    const after = (seconds: number, keyAgeSeconds: number) => judged([hegang, shuangyashan], { keysInLog: entered(seconds), keyAgeSeconds })
    expect(after(60, 60)).toBe('carried')
    expect(after(60, 61)).toMatchObject({ code: 'key-too-young', usableFrom: addMs(committedAt, 1000) })
    expect(after(0, 0)).toBe('carried')
    expect(after(-1, 0)).toMatchObject({ code: 'key-too-young' })
  })

  it('DRW-32 wait each for its own first round at or after the delay', () => {
    expect(hegang.round).not.toBe(drand.round)
    for (const beacon of [drand, hegang]) {
      for (const found of [beacon.round - 1, beacon.round + 1]) {
        const other = { ...beacon, round: found }
        expect(judged([other, shuangyashan])).toEqual({ code: 'other-round', source: beacon.source, expected: beacon.round, found })
      }
    }
    const early = { ...numbers, notBefore: committedAt }
    expect(judged([early])).toEqual({ code: 'other-instant', source: numbers.source, expected: numbers.notBefore, found: committedAt })
  })

  it('DRW-32 are public numbers only under a definition that the superior admitted to the log for the pinned time', () => {
    const entry = { digest: numbers.definition, source: numbers.source, enteredAt: days(30) }
    const under = (...definitionsInLog: Combination['definitionsInLog']) => judged([numbers], { definitionsInLog })
    const { source } = numbers
    expect(under()).toEqual({ code: 'definition-not-in-log', source })
    expect(under({ ...entry, digest: 'b'.repeat(64) })).toEqual({ code: 'definition-not-in-log', source })
    expect(under({ ...entry, source: 'numbers/other' })).toEqual({ code: 'definition-not-in-log', source })
    const young = addMs(days(30), 1)
    expect(under({ ...entry, enteredAt: young })).toEqual({
      code: 'definition-too-young',
      source,
      enteredAt: young,
      usableFrom: addMs(committedAt, 1),
    })
    expect(under({ ...entry, digest: 'b'.repeat(64), enteredAt: young }, entry)).toBe('carried')
  })

  it('DRW-32 wait at least for the reveal window and two margins', () => {
    const shorter = (delay: number) => judged([committedBeacon(quicknet, committedAt, delay)], { delaySeconds: delay })
    expect(shorter(2999)).toEqual({ code: 'delay-too-short', atLeastSeconds: 3000 })
    expect(shorter(3000)).toBe('carried')
  })

  it('DRW-32 are the organiser’s own in a demonstration only', () => {
    expect(judged([self])).toEqual({ code: 'self-only-in-demo', source: 'self/230300' })
    expect(judged([self], { demo: true })).toBe('carried')
    expect(judged([self], { demo: true, keysInLog: [] })).toEqual({ code: 'key-not-in-log', source: 'self/230300' })
  })

  it('DRW-32 name drand with the key and the times that drand publishes', () => {
    const slow = committedBeacon({ ...quicknet, periodSeconds: 30 }, committedAt, delaySeconds)
    const keyed = { ...drand, publicKey: hegang.publicKey }
    for (const beacon of [slow, keyed, { ...drand, source: 'drand/mine' }])
      expect(judged([beacon])).toEqual({ code: 'not-quicknet', source: beacon.source })
  })
})
