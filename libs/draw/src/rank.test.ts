import { toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Hash } from '../tests/node-hash.ts'
import { rankLabels } from './rank.ts'

const labelOf = (text: string): string => toHex(sha256(new TextEncoder().encode(text)))
const seeds = fc.string().map(labelOf)
const labelSets = fc
  .uniqueArray(fc.nat(5000), { minLength: 1, maxLength: 60 })
  .map((numbers) => numbers.map((number) => labelOf(`member ${number}`)))
const context = ['object', 'A'] as const

describe('ranking', () => {
  it('DRW-31 does not depend on the order of the labels', () => {
    fc.assert(
      fc.property(seeds, labelSets, fc.nat(), (seed, labels, turn) => {
        const turned = [...labels.slice(turn % labels.length), ...labels.slice(0, turn % labels.length)].toReversed()
        expect(rankLabels(sha256Hash, seed, context, turned)).toEqual(rankLabels(sha256Hash, seed, context, labels))
      }),
    )
  })

  it('DRW-31 gives a smaller sample as a prefix of a larger', () => {
    fc.assert(
      fc.property(seeds, labelSets, fc.nat(60), (seed, labels, count) => {
        expect(rankLabels(sha256Hash, seed, context, labels, count)).toEqual(rankLabels(sha256Hash, seed, context, labels).slice(0, count))
      }),
    )
  })

  it('DRW-31 gives each label once, with ascending tickets', () => {
    fc.assert(
      fc.property(seeds, labelSets, (seed, labels) => {
        const ranked = rankLabels(sha256Hash, seed, context, labels)
        expect(new Set(ranked.map(({ label }) => label))).toEqual(new Set(labels))
        const tickets = ranked.map(({ ticket }) => ticket)
        expect(tickets).toEqual([...tickets].sort())
        expect(new Set(tickets).size).toBe(labels.length)
      }),
    )
  })

  it('DRW-31 leaves a label its ticket when others come or go', () => {
    fc.assert(
      fc.property(seeds, labelSets, (seed, labels) => {
        const all = new Map(rankLabels(sha256Hash, seed, context, labels).map(({ label, ticket }) => [label, ticket]))
        const fewer = rankLabels(
          sha256Hash,
          seed,
          context,
          labels.filter((_, index) => index % 2 === 0),
        )
        for (const { label, ticket } of fewer) expect(all.get(label)).toBe(ticket)
      }),
    )
  })

  it('DRW-32 gives other tickets under another seed and in another context', () => {
    const labels = Array.from({ length: 20 }, (_, index) => labelOf(`m${index}`))
    const tickets = (seed: string, where: Parameters<typeof rankLabels>[2]): readonly string[] =>
      rankLabels(sha256Hash, seed, where, labels).map(({ ticket }) => ticket)
    const all = [
      ...tickets(labelOf('z'), ['object', 'A']),
      ...tickets(labelOf('z'), ['object', 'B']),
      ...tickets(labelOf('z'), ['order']),
      ...tickets(labelOf('z'), ['inspector', 'u-1', labels[0] ?? '']),
      ...tickets(labelOf('y'), ['object', 'A']),
    ]
    expect(new Set(all).size).toBe(100)
  })
})
