import { type LocalDate, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeHash } from '../tests/node-hash.ts'
import { candidatesFor } from './candidates.ts'
import { drawObjects } from './draw.ts'
import { publicExclusionCounts } from './exclusion-counts.ts'
import type { HashName } from './hash.ts'
import { matchInspectors, objectsWithoutTeam } from './match.ts'
import type { MatchInput } from './match-input.ts'
import { parseNdjson } from './ndjson.ts'
import { exactCount, type StratumRule } from './quota.ts'
import { rankLabels } from './rank.ts'
import { parseRoster, type RosterEntry, sortRoster, stratumSizes } from './roster.ts'

// The laws of drawing by tickets (consistent sampling, arXiv 1808.10016), over both hashes.

const hex = (text: string): string => toHex(sha256(utf8(text)))
const hashes = fc.constantFrom<HashName>('sha256', 'sm3').map(nodeHash)
const seeds = fc.string().map(hex)
const labelSets = fc.uniqueArray(fc.nat(9999), { maxLength: 60 }).map((numbers) => numbers.map((number) => hex(`member ${number}`)))
const contextOf = (stratum: string) => ['object', stratum] as const

/** A roster of three strata, some of it excluded. */
const rosters = fc
  .uniqueArray(fc.nat(5000), { maxLength: 60 })
  .map((numbers) =>
    numbers.map((number): RosterEntry => ({ label: hex(`o${number}`), stratum: 'ABC'[number % 3] ?? '', excluded: number % 7 === 0 })),
  )
const shuffled = <T>(values: readonly T[]) => fc.shuffledSubarray([...values], { minLength: values.length, maxLength: values.length })

describe('the laws of the draw', { timeout: 30_000 }, () => {
  it('DRW-31 a permutation of the input changes nothing', () => {
    fc.assert(
      fc.property(
        rosters.chain((roster) => fc.tuple(fc.constant(roster), shuffled(roster))),
        hashes,
        seeds,
        fc.nat(20),
        ([roster, turned], hash, seed, n) => {
          const strata = ['A', 'B', 'C'].map((stratum) => ({ stratum, n }))
          expect(drawObjects(hash, seed, turned, strata, [3 * n])).toEqual(drawObjects(hash, seed, roster, strata, [3 * n]))
          expect(sortRoster(turned)).toEqual(sortRoster(roster))
          expect(stratumSizes(turned)).toEqual(stratumSizes(roster))
        },
      ),
    )
  })

  it('DRW-31 a smaller sample is a prefix of a larger', () => {
    fc.assert(
      fc.property(labelSets, hashes, seeds, fc.nat(60), fc.nat(60), (labels, hash, seed, a, b) => {
        const [fewer, more] = [Math.min(a, b), Math.max(a, b)].map((n) => rankLabels(hash, seed, contextOf('A'), labels, n))
        expect(more?.slice(0, fewer?.length)).toEqual(fewer)
      }),
    )
  })

  it('DRW-31 for a fixed Z the sample of a subset is the subset of the sample', () => {
    fc.assert(
      fc.property(labelSets, fc.func(fc.boolean()), hashes, seeds, fc.nat(60), (labels, chosen, hash, seed, n) => {
        const subset = labels.filter((label) => chosen(label))
        const ofAll = rankLabels(hash, seed, contextOf('A'), labels)
        const ofSubset = rankLabels(hash, seed, contextOf('A'), subset)
        expect(ofSubset).toEqual(ofAll.filter(({ label }) => chosen(label)))
        // Whoever of the subset is drawn among all is drawn in the subset, whatever the number.
        const drawnOfSubset = new Set(ofSubset.slice(0, n).map(({ label }) => label))
        for (const { label } of ofAll.slice(0, n)) expect(drawnOfSubset.has(label) || !chosen(label)).toBe(true)
      }),
    )
  })

  it('DRW-26 cities merge: the sample of all is drawn from the samples of each', () => {
    fc.assert(
      fc.property(labelSets, hashes, seeds, fc.nat(60), (labels, hash, seed, n) => {
        const cities = [0, 1, 2, 3].map((city) => labels.filter((_, index) => index % 4 === city))
        const merged = cities
          .flatMap((members) => rankLabels(hash, seed, contextOf('A'), members, n))
          .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
        expect(merged.slice(0, n)).toEqual(rankLabels(hash, seed, contextOf('A'), labels, n))
      }),
    )
  })

  it('DRW-21 every stratum has exactly its number, of its own eligible members, whatever the others have', () => {
    fc.assert(
      fc.property(rosters, hashes, seeds, fc.tuple(fc.nat(30), fc.nat(30), fc.nat(30)), (roster, hash, seed, wanted) => {
        const sizes = new Map(stratumSizes(roster).map((size) => [size.stratum, size.eligible]))
        const strata = ['A', 'B', 'C'].map((stratum, index) => ({
          stratum,
          n: Math.min(wanted[index] ?? 0, sizes.get(stratum) ?? 0),
        }))
        const total = strata.reduce((sum, { n }) => sum + n, 0)
        const result = drawObjects(hash, seed, roster, strata, [total])
        for (const [index, { stratum, n }] of strata.entries()) {
          const { drawn = [], cutOff } = result.strata[index] ?? {}
          const labels = new Set(drawn.map(({ label }) => label))
          expect(labels.size).toBe(n)
          for (const { label, ticket } of drawn) {
            expect(roster.find((entry) => entry.label === label)).toMatchObject({ stratum, excluded: false })
            expect(ticket <= (cutOff ?? '')).toBe(true)
          }
          const others = roster.filter((entry) => entry.stratum === stratum && !entry.excluded && !labels.has(entry.label))
          for (const { ticket } of rankLabels(
            hash,
            seed,
            contextOf(stratum),
            others.map(({ label }) => label),
          ))
            expect(cutOff === null || ticket > (cutOff ?? '')).toBe(true)
        }
        expect(new Set(result.batches.flat()).size).toBe(total)
      }),
    )
  })
})

/** Units with every filter in play. */
const unitInputs = fc
  .record({
    inspectors: fc.uniqueArray(fc.nat(30), { maxLength: 14 }),
    teamSize: fc.integer({ min: 1, max: 4 }),
    cap: fc.option(fc.record({ cap: fc.nat(4), rule: fc.constantFrom<'strict' | 'prefer'>('strict', 'prefer') })),
    lastInspector: fc.constantFrom<'strict' | 'prefer' | 'ignore'>('strict', 'prefer', 'ignore'),
    paired: fc.boolean(),
    stations: fc.option(fc.subarray(['s-0', 's-1', 's-2'])),
    recusals: fc.array(fc.tuple(fc.nat(7), fc.nat(30)), { maxLength: 40 }),
    // Of a re-match (§18): who stays, and who led; undefined of a draw.
    kept: fc.option(fc.array(fc.tuple(fc.nat(7), fc.nat(30)), { maxLength: 12 }), { nil: undefined }),
  })
  .map(
    ({ inspectors, teamSize, cap, lastInspector, paired, stations, recusals, kept }): MatchInput => ({
      drawId: hex('draw'),
      unitId: 'u-1',
      nonce: hex('nonce'),
      day: '2026-03-20' as LocalDate,
      teamSize,
      initiator: true,
      selection: { mode: 'X', ground: 'OTHER', offices: true, stations, paired },
      loadCap: cap,
      lastInspector,
      inspectors: inspectors.map((number) => ({
        label: hex(`i${number}`),
        id: `i${number}`,
        salt: hex(`s${number}`),
        homeKind: number % 2 === 0 ? 'OFFICE' : 'STATION',
        homeUnitId: `s-${number % 3}`,
        specialities: number % 5 === 0 ? [] : ['FOOD'],
        validTo: number % 11 === 0 ? null : ('2026-12-31' as LocalDate),
        available: number % 13 !== 0,
        load: number % 4,
      })),
      objects: Array.from({ length: 8 }, (_, object) => ({
        label: hex(`o${object}`),
        specialities: object % 3 === 0 ? ['FOOD'] : [],
        recusals: recusals.flatMap(([of, inspector]) => (of === object ? [{ inspector: hex(`i${inspector}`), ground: 'RELATIVE' }] : [])),
        lastInspectors: [hex(`i${object}`)],
        ...(kept === undefined
          ? {}
          : stayingAt(
              kept.flatMap(([of, inspector]) => (of === object ? [hex(`i${inspector}`)] : [])),
              teamSize,
            )),
      })),
    }),
  )

/** Somebody is always asked for: who stays is fewer than the team. */
function stayingAt(labels: readonly string[], teamSize: number) {
  const kept = [...new Set(labels)].slice(0, teamSize - 1).sort()
  return { kept, leader: kept[0] ?? null }
}

describe('the laws of matching', { timeout: 30_000 }, () => {
  const drawn = [
    { stratum: 'A', drawn: Array.from({ length: 8 }, (_, object) => ({ label: hex(`o${object}`), ticket: hex('t') })), cutOff: null },
  ]

  it('DRW-13 DRW-15 no recused, unqualified or absent inspector, ever, and teams are whole or not at all', () => {
    fc.assert(
      fc.property(unitInputs, hashes, seeds, (unit, hash, seed) => {
        const needsOf = new Map(unit.objects.map((needs) => [needs.label, needs]))
        const byLabel = new Map(unit.inspectors.map((one) => [one.label, one]))
        for (const { object, teams, leader, shortages } of matchInspectors(hash, seed, drawn, [unit])) {
          expect(teams.length + shortages.length).toBe(1)
          const needs = needsOf.get(object)
          for (const member of teams.flatMap(({ members }) => members)) {
            const inspector = byLabel.get(member)
            expect(needs?.recusals.some((recusal) => recusal.inspector === member)).toBe(false)
            expect(inspector).toMatchObject({ available: true, validTo: '2026-12-31' })
            expect(needs?.specialities.every((speciality) => inspector?.specialities.includes(speciality))).toBe(true)
            // Who is kept in a re-match checks already: the rule is for whom it adds (§18).
            const isAdded = needs?.kept?.includes(member) !== true
            expect(isAdded && unit.lastInspector === 'strict' && needs?.lastInspectors.includes(member)).toBe(false)
          }
          expect([null, ...teams.flatMap(({ members }) => members)]).toContain(leader)
          for (const { members } of teams)
            expect([members.length, new Set(members).size]).toEqual(
              Array.from({ length: 2 }, () => (unit.selection.paired ? Math.max(2, unit.teamSize) : unit.teamSize)),
            )
        }
      }),
    )
  })
})

describe('totality', { timeout: 30_000 }, () => {
  it('DRW-31 a count is exact or refused, whatever the rule', () => {
    const numbers = fc.oneof(fc.double(), fc.integer(), fc.maxSafeNat(), fc.constantFrom(0, -0, 2 ** 53, -1, Number.NaN))
    const ratios = fc.record({ numerator: numbers, denominator: numbers })
    const rules = fc.oneof(
      fc.record({ kind: fc.constant('count' as const), count: numbers }),
      fc.record({
        kind: fc.constant('ratio' as const),
        ratio: ratios,
        batchShare: ratios,
        base: fc.constantFrom('mapped' as const, 'eligible' as const),
        rounding: fc.constantFrom('up' as const, 'half-up' as const),
      }),
    ) satisfies fc.Arbitrary<StratumRule>
    fc.assert(
      fc.property(rules, numbers, numbers, (rule, mapped, eligible) => {
        const count = exactCount({ stratum: 'A', mapped, eligible }, rule)
        if (count === undefined) return
        expect([Number.isSafeInteger(count.raw.numerator), count.raw.denominator > 0]).toEqual([true, true])
      }),
      { numRuns: 500 },
    )
  })

  it('DRW-31 no text breaks a reader, and no roster a sort', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.json().map((text) => `${text}\n`),
        ),
        (text) => {
          expect(typeof parseRoster(text).ok).toBe('boolean')
          expect(typeof parseNdjson(text).ok).toBe('boolean')
        },
      ),
    )
    const entries = fc.array(
      fc.record({ label: fc.string({ unit: 'binary' }), stratum: fc.string({ unit: 'binary' }), excluded: fc.boolean() }),
    )
    fc.assert(
      fc.property(entries, (roster) => {
        expect(typeof sortRoster(roster).ok).toBe('boolean')
        const mapped = stratumSizes(roster).reduce((sum, size) => sum + size.mapped, 0)
        expect(mapped).toBe(roster.length)
      }),
    )
  })

  it('DRW-31 any labels, contexts, numbers and sizes are ranked, drawn and cut', () => {
    const anyNumber = fc.oneof(fc.integer(), fc.double())
    fc.assert(
      fc.property(fc.array(fc.string()), fc.string(), seeds, anyNumber, (labels, name, seed, count) => {
        const hash = nodeHash('sha256')
        const contexts = [['order'], ['object', name], ['inspector', name, name]] as const
        for (const context of contexts) expect(rankLabels(hash, seed, context, labels, count).length).toBeLessThanOrEqual(labels.length)
        const roster = labels.map((label, index) => ({ label, stratum: name, excluded: index % 2 === 0 }))
        expect(drawObjects(hash, seed, roster, [{ stratum: name, n: count }], [count, count]).batches).toHaveLength(2)
      }),
    )
  })

  it('DRW-20 DRW-33 any grounds are counted, any units examined', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string()),
        fc.dictionary(fc.string(), fc.string()),
        fc.oneof(fc.integer(), fc.double()),
        (grounds, names, least) => {
          const counts = publicExclusionCounts(grounds, { publicGround: names, smallestCell: least })
          expect(counts.reduce((sum, { count }) => sum + count, 0)).toBe(grounds.length)
        },
      ),
    )
    fc.assert(
      fc.property(unitInputs, fc.array(fc.string()), (unit, labels) => {
        expect(objectsWithoutTeam([unit, unit], labels).length).toBeLessThanOrEqual(labels.length)
        const { candidates, ruledOut } = candidatesFor(
          unit,
          { specialities: labels, recusals: [], lastInspectors: labels },
          () => Number.NaN,
        )
        expect(candidates.length + ruledOut.reduce((sum, { count }) => sum + count, 0)).toBe(unit.inspectors.length)
      }),
    )
  })
})
