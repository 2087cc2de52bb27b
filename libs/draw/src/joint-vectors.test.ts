import { describe, expect, it } from 'vitest'
import { nodeHash } from '../tests/node-hash.ts'
import { type JointVector, jointVectors } from '../tests/vectors.ts'
import {
  buildCommitment,
  type Commitment,
  commitmentDigest,
  commitmentText,
  deriveSeed,
  parseRoster,
  partsOf,
  type RosterEntry,
  replayDraw,
  rosterDigest,
  runDraw,
  type SignedTranscript,
  snapshotDigest,
  transcriptDigest,
} from './index.ts'

const json = (text: string | undefined): unknown => JSON.parse(text ?? '')

function rosterOf({ files, drawId, regionCodes }: JointVector, code: string): readonly RosterEntry[] {
  const roster = parseRoster(files[code === regionCodes[0] ? `rosters/${drawId}.ndjson` : `rosters/${drawId}-${code}.ndjson`] ?? '')
  if (!roster.ok) throw new Error(JSON.stringify(roster.error))
  return roster.value
}

describe.each(jointVectors)('a draw of two cities by the second implementation, $hash', (vector) => {
  const hash = nodeHash(vector.hash)
  const [own, other] = vector.regionCodes
  const commitment = json(vector.files[`commitment-${vector.drawId}.json`]) as Commitment
  const { transcript } = json(vector.files[`transcript-${vector.drawId}.json`]) as SignedTranscript
  const rules = Object.fromEntries(
    Object.entries(vector.rules).flatMap(([name, rule]) => ['', `${own}/`, `${other}/`].map((of) => [of + name, rule])),
  )

  it('DRW-26 DRW-31 builds the same S, with strata merged and with those of each city apart', () => {
    const built = buildCommitment(hash, { ...commitment, rules, batchSizes: (total) => [total] })
    expect(built).toEqual({ ok: true, value: commitment })
    expect(commitmentDigest(hash, commitment)).toBe(vector.digests.commitment)
    expect(partsOf(commitment).map(({ snapshot }) => snapshotDigest(hash, snapshot))).toEqual(vector.digests.snapshots)
    const joint = { merged: false, parts: commitment.joint?.parts ?? [] }
    const apart = buildCommitment(hash, { ...commitment, joint, rules, batchSizes: (total) => [total] })
    expect(apart.ok && commitmentText(apart.value)).toBe(vector.apart)
  })

  it('DRW-26 DRW-31 draws the same over both rosters', () => {
    for (const { snapshot } of partsOf(commitment))
      expect(rosterDigest(hash, rosterOf(vector, snapshot.regionCode))).toBe(snapshot.rosterDigest)
    const others = new Map([[other, rosterOf(vector, other)]])
    const expected = { ok: true, value: { seed: vector.seed, strata: vector.strata, batches: transcript.batches } }
    expect(deriveSeed(hash, vector.digests.commitment, transcript.beacons, [])).toBe(vector.seed)
    expect(replayDraw(hash, { commitment, algorithm: transcript.algorithm, seed: vector.seed }, rosterOf(vector, own), others)).toEqual(
      expected,
    )
    const { beacons } = transcript
    expect(runDraw(hash, { commitment, roster: rosterOf(vector, own), others, beacons, reveals: [] })).toEqual(expected)
    expect(transcriptDigest(hash, transcript)).toBe(vector.digests.transcript)
  })
})
