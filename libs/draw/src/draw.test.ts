import { toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Hash } from '../tests/node-hash.ts'
import { drawObjects } from './draw.ts'
import { evenBatches } from './quota.ts'
import type { RosterEntry } from './roster.ts'

const hex = (text: string): string => toHex(sha256(new TextEncoder().encode(text)))

const rosters = fc
  .uniqueArray(fc.nat(5000), { minLength: 1, maxLength: 50 })
  .map((numbers) =>
    numbers.map((number): RosterEntry => ({ label: hex(`o${number}`), stratum: 'ABC'[number % 3] ?? '', excluded: number % 7 === 0 })),
  )

const eligibleOf = (roster: readonly RosterEntry[], stratum: string): readonly string[] =>
  roster.filter((entry) => entry.stratum === stratum && !entry.excluded).map(({ label }) => label)

describe('drawing objects', () => {
  it('DRW-21 draws exactly n distinct eligible objects of each stratum', () => {
    fc.assert(
      fc.property(rosters, fc.string().map(hex), fc.nat(100), (roster, seed, percent) => {
        const strata = ['A', 'B', 'C'].map((stratum) => ({ stratum, n: Math.floor((eligibleOf(roster, stratum).length * percent) / 100) }))
        const total = strata.reduce((sum, { n }) => sum + n, 0)
        const { strata: drawn, batches } = drawObjects(sha256Hash, seed, roster, strata, evenBatches(total, 3))
        for (const [index, { stratum, n }] of strata.entries()) {
          const labels = drawn[index]?.drawn.map(({ label }) => label) ?? []
          expect(new Set(labels).size).toBe(n)
          expect(eligibleOf(roster, stratum)).toEqual(expect.arrayContaining(labels))
        }
        expect(batches.flat().toSorted()).toEqual(drawn.flatMap((one) => one.drawn.map(({ label }) => label)).toSorted())
      }),
    )
  })

  it('DRW-31 changes nothing when the roster is permuted', () => {
    fc.assert(
      fc.property(rosters, fc.string().map(hex), (roster, seed) => {
        const strata = [{ stratum: 'A', n: Math.min(2, eligibleOf(roster, 'A').length) }]
        const sizes = [strata[0]?.n ?? 0]
        expect(drawObjects(sha256Hash, seed, roster.toReversed(), strata, sizes)).toEqual(
          drawObjects(sha256Hash, seed, roster, strata, sizes),
        )
      }),
    )
  })

  it('DRW-16 cuts one order over all strata into batches of the given sizes', () => {
    const roster = Array.from(
      { length: 30 },
      (_, index): RosterEntry => ({ label: hex(`k${index}`), stratum: index < 15 ? 'A' : 'B', excluded: false }),
    )
    const strata = [
      { stratum: 'A', n: 15 },
      { stratum: 'B', n: 15 },
    ]
    const { batches } = drawObjects(sha256Hash, hex('seed'), roster, strata, [10, 10, 10])
    expect(batches.map(({ length }) => length)).toEqual([10, 10, 10])
    const inA = new Set(roster.slice(0, 15).map(({ label }) => label))
    const mixed = batches.map((batch) => batch.filter((label) => inA.has(label)).length)
    expect(mixed.every((count) => count > 0 && count < 10)).toBe(true)
    const coarser = drawObjects(sha256Hash, hex('seed'), roster, strata, [30])
    expect(coarser.batches[0]).toEqual(batches.flat())
  })

  it('DRW-20 never draws an excluded object, and leaves a stratum of n = 0 without a cut-off', () => {
    const roster = [
      { label: hex('in'), stratum: 'A', excluded: false },
      { label: hex('out'), stratum: 'A', excluded: true },
      { label: hex('b'), stratum: 'B', excluded: false },
    ]
    for (let i = 0; i < 50; i++) {
      const { strata } = drawObjects(
        sha256Hash,
        hex(`seed ${i}`),
        roster,
        [
          { stratum: 'A', n: 1 },
          { stratum: 'B', n: 0 },
        ],
        [1],
      )
      expect(strata[0]?.drawn.map(({ label }) => label)).toEqual([hex('in')])
      expect(strata[1]).toEqual({ stratum: 'B', drawn: [], cutOff: null })
    }
  })
})
