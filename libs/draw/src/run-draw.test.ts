import { describe, expect, it } from 'vitest'
import { commit, rosterOf } from '../tests/bundle.ts'
import { nodeHash, sha256Hash } from '../tests/node-hash.ts'
import { bundleVectors } from '../tests/vectors.ts'
import { type DrawInput, runDraw } from './run-draw.ts'

const vector = bundleVectors[0]
const good: DrawInput = { commitment: commit(vector), roster: rosterOf(vector), beacons: vector.beaconOutputs, reveals: vector.reveals }
const run = (change: Partial<DrawInput>) => runDraw(sha256Hash, { ...good, ...change })
const output = vector.beaconOutputs[0] as DrawInput['beacons'][number]
const reveal = vector.reveals[0] as DrawInput['reveals'][number]

describe('running a draw', () => {
  it('DRW-32 refuses another round, another source, one too many and none', () => {
    for (const beacons of [
      [{ ...output, round: output.round + 1 }],
      [{ ...output, source: 'self/230400' }],
      [output, output],
      [output, { ...output, source: 'x' }],
      [],
    ]) {
      expect(run({ beacons })).toMatchObject({ ok: false, error: { code: 'other-round' } })
    }
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
    expect(run({ roster: good.roster.slice(1) })).toMatchObject({ ok: false, error: { code: 'other-roster' } })
    expect(run({ roster: [...good.roster, ...good.roster.slice(0, 1)] })).toMatchObject({ ok: false, error: { code: 'equal-labels' } })
    expect(runDraw(nodeHash('sm3'), { ...good, reveals: [], commitment: { ...good.commitment, tips: [] } })).toMatchObject({
      ok: false,
      error: { code: 'other-hash' },
    })
  })

  it('DRW-31 takes the roster in any order', () => {
    expect(run({ roster: good.roster.toReversed() })).toEqual(run({}))
  })
})
