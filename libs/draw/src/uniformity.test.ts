import { toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { chiSquareSurvival } from '../tests/chi-square.ts'
import { nodeHash } from '../tests/node-hash.ts'
import { drawObjects } from './draw.ts'
import type { HashName } from './hash.ts'
import type { DrawnStratum } from './index.ts'
import { matchInspectors } from './match.ts'
import type { MatchInput } from './match-input.ts'
import { rankLabels } from './rank.ts'

const hex = (text: string): string => toHex(sha256(utf8(text)))
const draws = 1000
/** Of an honest draw one statistic in a million is beyond this; the seeds are fixed, so a run either always passes or never. */
const leastChance = 1e-6

describe('the chi-square survival function', () => {
  it('gives the published upper percentage points (NIST/SEMATECH handbook, table 1.3.6.7.4)', () => {
    for (const [degrees, at10, at5, at1, at01] of [
      [1, 2.706, 3.841, 6.635, 10.828],
      [2, 4.605, 5.991, 9.21, 13.816],
      [5, 9.236, 11.07, 15.086, 20.515],
      [10, 15.987, 18.307, 23.209, 29.588],
      [39, 50.66, 54.572, 62.428, 72.055],
      [100, 118.498, 124.342, 135.807, 149.449],
    ] as const) {
      for (const [point, chance] of [
        [at10, 0.1],
        [at5, 0.05],
        [at1, 0.01],
        [at01, 0.001],
      ] as const)
        expect(chiSquareSurvival(point, degrees) / chance).toBeCloseTo(1, 2)
    }
  })

  it('agrees with the closed form of even degrees of freedom, far into the tail', () => {
    for (const degrees of [2, 4, 10, 38, 98]) {
      for (const statistic of [0.1, 1, degrees, 2 * degrees, 5 * degrees, 150]) {
        let [term, sum] = [1, 1]
        for (let k = 1; k < degrees / 2; k++) {
          term *= statistic / 2 / k
          sum += term
        }
        expect(chiSquareSurvival(statistic, degrees) / (Math.exp(-statistic / 2) * sum)).toBeCloseTo(1, 9)
      }
    }
    expect(chiSquareSurvival(0, 3)).toBe(1)
  })
})

/**
 * Σ(O−E)²/(E(1−n/N))·(N−1)/N, with N−1 degrees of freedom: sampling without replacement shrinks the variance of a count by (1−n/N), and the counts
 * of one draw add up to n.
 */
function chanceOf(counts: readonly number[], n: number): number {
  const members = counts.length
  const expected = (draws * n) / members
  const squares = counts.reduce((sum, count) => sum + (count - expected) ** 2, 0)
  return chiSquareSurvival(((squares / (expected * (1 - n / members))) * (members - 1)) / members, members - 1)
}

const sizes = [
  { members: 2, n: 1 },
  { members: 7, n: 3 },
  { members: 20, n: 1 },
  { members: 20, n: 19 },
  { members: 50, n: 2 },
  { members: 50, n: 25 },
  { members: 61, n: 6 },
] as const

const cases = (['sha256', 'sm3'] as const).flatMap((hash) => sizes.map((size) => ({ hash, ...size })))

describe('a thousand draws under fixed seeds', { timeout: 60_000 }, () => {
  it.each(cases)('DRW-01 DRW-21 under $hash include each of $members members equally often when $n are drawn', ({ hash, members, n }) => {
    const strata = ['A', 'B']
    const roster = strata.flatMap((stratum) =>
      Array.from({ length: members }, (_, index) => ({ label: hex(`${stratum} member ${index}`), stratum, excluded: false })),
    )
    const included = new Map(roster.map(({ label }) => [label, 0]))
    for (let draw = 0; draw < draws; draw++) {
      const seed = hex(`seed ${draw}`)
      const wanted = strata.map((stratum) => ({ stratum, n }))
      for (const { drawn } of drawObjects(nodeHash(hash), seed, roster, wanted, [2 * n]).strata)
        for (const { label } of drawn) included.set(label, (included.get(label) ?? 0) + 1)
    }
    for (const stratum of strata) {
      const counts = roster.flatMap((entry) => (entry.stratum === stratum ? [included.get(entry.label) ?? 0] : []))
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(draws * n)
      expect(chanceOf(counts, n)).toBeGreaterThan(leastChance)
    }
  })

  it('DRW-01 would show half of the members drawn a tenth more often', () => {
    const counts = Array.from({ length: 50 }, () => 200)
    expect(chanceOf(counts, 10)).toBe(1)
    expect(
      chanceOf(
        counts.map((count, index) => count + (index < 25 ? 20 : -20)),
        10,
      ),
    ).toBeLessThan(leastChance)
  })

  it.each(['sha256', 'sm3'] as const)('DRW-16 under %s put every drawn object first, and last, equally often', (name: HashName) => {
    const labels = Array.from({ length: 12 }, (_, index) => hex(`drawn ${index}`))
    const [first, last] = [labels.map(() => 0), labels.map(() => 0)]
    for (let draw = 0; draw < draws; draw++) {
      const order = rankLabels(nodeHash(name), hex(`order ${draw}`), ['order'], labels).map(({ label }) => labels.indexOf(label))
      for (const [counts, place] of [
        [first, order[0]],
        [last, order.at(-1)],
      ] as const)
        counts[place ?? 0] = (counts[place ?? 0] ?? 0) + 1
    }
    expect(chanceOf(first, 1)).toBeGreaterThan(leastChance)
    expect(chanceOf(last, 1)).toBeGreaterThan(leastChance)
  })

  it.each(['sha256', 'sm3'] as const)('DRW-02 under %s send every inspector, and make everyone leader, equally often', (name: HashName) => {
    const labels = Array.from({ length: 9 }, (_, index) => hex(`inspector ${index}`))
    const unit = {
      drawId: hex('draw'),
      unitId: 'u-1',
      nonce: hex('nonce'),
      day: '2026-03-20',
      teamSize: 2,
      initiator: true,
      selection: { mode: 'BUREAU_WIDE', ground: 'STAFFING', offices: true, stations: null, paired: false },
      loadCap: null,
      lastInspector: 'ignore',
      inspectors: labels.map((label) => ({
        label,
        id: label.slice(0, 8),
        salt: hex(label),
        homeKind: 'OFFICE',
        homeUnitId: 'u-1',
        specialities: [],
        validTo: '2026-12-31',
        available: true,
        load: 0,
      })),
      objects: [],
    } as unknown as MatchInput
    const [sent, leading] = [labels.map(() => 0), labels.map(() => 0)]
    for (let draw = 0; draw < draws; draw++) {
      const drawn: DrawnStratum = { stratum: 'A', drawn: [{ label: hex(`object ${draw}`), ticket: hex('t') }], cutOff: null }
      const [match] = matchInspectors(nodeHash(name), hex(`match ${draw}`), [drawn], [unit])
      for (const member of match?.teams[0]?.members ?? []) sent[labels.indexOf(member)] = (sent[labels.indexOf(member)] ?? 0) + 1
      const leader = labels.indexOf(match?.leader ?? '')
      leading[leader] = (leading[leader] ?? 0) + 1
    }
    expect(chanceOf(sent, 2)).toBeGreaterThan(leastChance)
    expect(chanceOf(leading, 1)).toBeGreaterThan(leastChance)
  })
})
