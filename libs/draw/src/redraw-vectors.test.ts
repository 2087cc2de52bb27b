import { describe, expect, it } from 'vitest'
import { nodeHash } from '../tests/node-hash.ts'
import { type RedrawnVector, redrawnVectors } from '../tests/vectors.ts'
import {
  buildCommitment,
  type Commitment,
  checkRedraw,
  commitmentDigest,
  deriveDrawId,
  deriveSeed,
  drawnIn,
  type FamilyDraw,
  parseRoster,
  type RosterEntry,
  redrawExclusion,
  redrawRules,
  replayDraw,
  rosterDigest,
  type SignedTranscript,
  snapshotDigest,
  transcriptDigest,
} from './index.ts'

const json = (text: string | undefined): unknown => JSON.parse(text ?? '')
const commitmentOf = ({ files }: RedrawnVector, drawId: string): Commitment => json(files[`commitment-${drawId}.json`]) as Commitment
const transcriptOf = ({ files }: RedrawnVector, drawId: string) => (json(files[`transcript-${drawId}.json`]) as SignedTranscript).transcript
function rosterOf({ files }: RedrawnVector, drawId: string): readonly RosterEntry[] {
  const roster = parseRoster(files[`rosters/${drawId}.ndjson`] ?? '')
  if (!roster.ok) throw new Error(JSON.stringify(roster.error))
  return roster.value
}
/** The redraw's subject, and what of its family the redraw rests on. */
function redrawOf(vector: RedrawnVector) {
  const commitment = commitmentOf(vector, vector.drawId)
  const { subject } = commitment
  if (subject.kind !== 'redraw') throw new Error('no redraw')
  const parent = transcriptOf(vector, vector.parentDrawId)
  const family: readonly FamilyDraw[] = [{ drawn: parent.strata.flatMap(({ drawn }) => drawn.map(({ label }) => label)), labels: [] }]
  return { commitment, subject, parent, family }
}

describe.each(redrawnVectors)('a redraw by the second implementation, $hash', (vector) => {
  const hash = nodeHash(vector.hash)
  const { commitment, subject, parent, family } = redrawOf(vector)

  it('DRW-30 DRW-31 has the same drawId, and names the same transcript before it', () => {
    const { regionCode, batch, attempt } = commitment
    expect(deriveDrawId(hash, { regionCode, subject, batch, attempt })).toBe(vector.drawId)
    expect(subject.after).toEqual([{ drawId: vector.parentDrawId, transcript: transcriptDigest(hash, parent) }])
  })

  it('DRW-30 excludes whoever was drawn or excluded before', () => {
    const before = rosterOf(vector, vector.parentDrawId)
    const request = { purpose: subject.purpose, labels: new Set(subject.labels), drawn: drawnIn(family) }
    const roster = before.map(({ label, stratum, excluded }) => {
      const ground = redrawExclusion(request, { label }, { before: excluded ? 'BEFORE' : undefined, since: undefined, own: (own) => own })
      return { label, stratum, excluded: ground !== undefined }
    })
    expect(rosterOf(vector, vector.drawId)).toEqual(roster)
    expect(rosterDigest(hash, roster)).toBe(commitment.snapshot.rosterDigest)
  })

  it('DRW-30 DRW-31 builds the same S by the rules of its labels', () => {
    const request = { purpose: subject.purpose, labels: subject.labels, counts: {} }
    expect(checkRedraw(request, family)).toEqual({ ok: true, value: undefined })
    const strata = new Map(rosterOf(vector, vector.drawId).map(({ label, stratum }) => [label, stratum]))
    const rules = redrawRules(
      request,
      commitment.strata.map(({ stratum }) => stratum),
      (label) => strata.get(label),
    )
    expect(buildCommitment(hash, { ...commitment, rules, batchSizes: (total) => [total] })).toEqual({ ok: true, value: commitment })
    expect(snapshotDigest(hash, commitment.snapshot)).toBe(vector.digests.snapshot)
    expect(commitmentDigest(hash, commitment)).toBe(vector.digests.commitment)
  })

  it('DRW-30 DRW-32 derives the same seed, tickets and transcript', () => {
    const transcript = transcriptOf(vector, vector.drawId)
    const seed = deriveSeed(hash, vector.digests.commitment, transcript.beacons, [])
    expect(seed).toBe(vector.seed)
    const drawn = replayDraw(hash, { commitment, algorithm: transcript.algorithm, seed }, rosterOf(vector, vector.drawId))
    expect(drawn).toEqual({ ok: true, value: { seed, strata: vector.strata, batches: transcript.batches } })
    expect(transcriptDigest(hash, transcript)).toBe(vector.digests.transcript)
  })
})
