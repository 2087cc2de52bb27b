import { describe, expect, it } from 'vitest'
import { commit, rosterOf } from '../tests/bundle.ts'
import { nodeHash, sha256Hash } from '../tests/node-hash.ts'
import { bundleVectors } from '../tests/vectors.ts'
import { type DrawInput, runDraw } from './run-draw.ts'
import type { PulseOutput } from './seed.ts'

const vector = bundleVectors[0]
const good: DrawInput = { commitment: commit(vector), roster: rosterOf(vector), beacons: vector.beaconOutputs, reveals: vector.reveals }
const run = (change: Partial<DrawInput>) => runDraw(sha256Hash, { ...good, ...change })
const output = vector.beaconOutputs[0] as PulseOutput
const reveal = vector.reveals[0] as DrawInput['reveals'][number]

describe('running a draw', () => {
  it('DRW-32 refuses another round, another source, one too many and none', () => {
    for (const [beacons, source] of [
      [[{ ...output, round: output.round + 1 }], output.source],
      [[{ ...output, source: 'self/230400' }], output.source],
      [[output, output], ''],
      [[output, { ...output, source: 'x' }], 'x'],
      [[], output.source],
    ] as const) {
      expect(run({ beacons })).toEqual({ ok: false, error: { code: 'other-round', source } })
    }
  })

  it('DRW-32 takes the outputs of all beacons that S names, in any order, and no others', () => {
    const [first] = good.commitment.beacons
    if (first === undefined) throw new Error('no beacon')
    const commitment = { ...good.commitment, beacons: [first, { ...first, source: 'self/230400' }] }
    const beacons = [output, { ...output, source: 'self/230400' }]
    const drawn = run({ commitment, beacons })
    expect(drawn.ok && drawn.value.strata.map(({ drawn: members }) => members.length)).toEqual(commitment.strata.map(({ n }) => n))
    expect(run({ commitment, beacons: beacons.toReversed() })).toEqual(drawn)
    const other = { ...output, source: 'x' }
    expect(run({ commitment, beacons: [...beacons, other] })).toEqual({ ok: false, error: { code: 'other-round', source: 'x' } })
    expect(run({ commitment, beacons: [output] })).toEqual({ ok: false, error: { code: 'other-round', source: 'self/230400' } })
  })

  it('DRW-32 refuses a reveal that opens no tip, a second one and a missing one', () => {
    expect(run({ reveals: [{ ...reveal, secret: output.randomness }] })).toEqual({
      ok: false,
      error: { code: 'reveal-unknown', unitId: reveal.unitId },
    })
    expect(run({ reveals: [reveal, reveal] })).toMatchObject({ ok: false, error: { code: 'reveal-unknown' } })
    expect(run({ reveals: [] })).toEqual({ ok: false, error: { code: 'reveal-missing', unitId: reveal.unitId } })
  })

  it('DRW-32 changes with the randomness and with the commitment', () => {
    const first = run({})
    const other = run({ beacons: [{ ...output, randomness: vector.commitmentDigest }] })
    const committed = run({ commitment: { ...good.commitment, policyDigest: vector.commitmentDigest } })
    const seeds = [first, other, committed].map((result) => result.ok && result.value.seed)
    expect(new Set(seeds).size).toBe(3)
  })

  it('DRW-31 refuses a roster that is not the committed one, and another hash', () => {
    const expected = good.commitment.snapshot.rosterDigest
    expect(run({ roster: good.roster.slice(1) })).toEqual({
      ok: false,
      error: { code: 'other-roster', expected, found: expect.not.stringContaining(expected) as string },
    })
    expect(run({ roster: [...good.roster, ...good.roster.slice(0, 1)] })).toMatchObject({ ok: false, error: { code: 'equal-labels' } })
    expect(runDraw(nodeHash('sm3'), { ...good, reveals: [], commitment: { ...good.commitment, tips: [] } })).toMatchObject({
      ok: false,
      error: { code: 'other-hash', expected: 'sha256', found: 'sm3' },
    })
  })

  it('DRW-31 takes the roster in any order', () => {
    expect(run({ roster: good.roster.toReversed() })).toEqual(run({}))
  })
})
