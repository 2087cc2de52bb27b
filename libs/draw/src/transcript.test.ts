import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { commit, genesisOf } from '../tests/bundle.ts'
import { sha256Hash } from '../tests/node-hash.ts'
import { bundleVectors } from '../tests/vectors.ts'
import { buildTranscript, type TranscriptInput, type TranscriptLog } from './transcript.ts'

const [vector] = bundleVectors
const [output] = vector.beaconOutputs as [TranscriptInput['beacons'][number]]
const [reveal] = vector.reveals as [TranscriptInput['reveals'][number]]
const [low, high] = ['0'.repeat(64), 'f'.repeat(64)]
const build = (change: Partial<TranscriptInput>) =>
  buildTranscript(sha256Hash, {
    commitment: commit(vector),
    beacons: [output],
    reveals: [reveal],
    drawn: { seed: low, strata: [], batches: [] },
    drawnSet: [],
    genesis: genesisOf(vector),
    entries: [],
    ...change,
  })

describe('the transcript', () => {
  it('DRW-31 has beacons by source, reveals by unit and the drawn set in order, however they came', () => {
    const beacons = [output, { ...output, source: 'a' }]
    const reveals = [reveal, { ...reveal, unitId: 'a' }]
    for (const change of [
      { beacons, reveals, drawnSet: [high, low] },
      { beacons: beacons.toReversed(), reveals: reveals.toReversed(), drawnSet: [low, high] },
    ]) {
      const built = build(change)
      expect(built.beacons.map(({ source }) => source)).toEqual(['a', output.source])
      expect(built.reveals.map(({ unitId }) => unitId)).toEqual(['a', reveal.unitId])
      expect(built.drawnSet).toEqual([low, high])
    }
  })

  it('DRW-26 has the logs of the other cities by region code, however they came, and no such member where one city draws', () => {
    const logOf = (regionCode: string): TranscriptLog => ({ genesis: { ...genesisOf(vector), regionCode }, entries: [] })
    const [one, two, three] = [logOf('230400'), logOf('230900'), logOf('231000')]
    for (const joint of [
      [one, two, three],
      [three, one, two],
      [two, three, one],
    ])
      expect(build({ joint }).joint).toEqual([one, two, three])
    expect(build({})).not.toHaveProperty('joint')
  })

  it('DRW-32 has of public numbers what was published, by series, and neither round nor signature', () => {
    const publishedAt = '2026-03-02T13:15:00.000Z' as Instant
    const series = [{ publications: [{ issue: '2026023', publishedAt, numbers: [[1, 2, 3], [4]] }] }]
    const numbers = { source: 'numbers/x', randomness: high, series }
    const [built] = build({ beacons: [{ ...numbers, round: 7, more: 1 } as TranscriptInput['beacons'][number]] }).beacons
    expect(built).toStrictEqual(numbers)
  })

  it('DRW-31 lets nothing of its input slip in that the format does not name', () => {
    const named = { beacons: [{ ...output, more: 1 }], reveals: [{ ...reveal, more: 1 }] }
    expect(build(named)).toEqual(build({}))
  })
})
