import { canonicalJson, toHex, utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { commit, genesisOf, rosterOf, signerOf } from '../tests/bundle.ts'
import { nodeHash } from '../tests/node-hash.ts'
import { type BundleVector, bundleVectors } from '../tests/vectors.ts'
import {
  appendEntry,
  buildTranscript,
  checkLog,
  commitmentDigest,
  commitmentText,
  drawnDigest,
  drawnSalt,
  type LogEntry,
  logProof,
  logText,
  type MatchRecord,
  matchInspectors,
  matchRecordDigest,
  matchRecordText,
  objectOpener,
  openLog,
  opensTo,
  parseRoster,
  privateExclusionsText,
  privateObjectsText,
  replayDraw,
  rosterText,
  runDraw,
  signatureInput,
  signDigest,
  signTranscript,
  snapshotDigest,
  sortRoster,
  type Transcript,
  transcriptDigest,
  transcriptFile,
  transcriptText,
} from './index.ts'

function drawnOf(vector: BundleVector) {
  const commitment = commit(vector)
  const drawn = runDraw(nodeHash(vector.hash), {
    commitment,
    roster: rosterOf(vector),
    beacons: vector.beaconOutputs,
    reveals: vector.reveals,
  })
  if (!drawn.ok) throw new Error(drawn.error.code)
  return { commitment, drawn: drawn.value }
}

describe.each(bundleVectors.map((vector) => [vector.hash, vector] as const))('the whole draw of the %s bundle', (_, vector) => {
  const hash = nodeHash(vector.hash)
  const drawing = signerOf('drawing-230300', vector.drawingSeed)

  it('DRW-31 CRD-21 writes the same private files, roster and commitment, byte for byte', () => {
    expect(privateObjectsText(vector.objects)).toBe(vector.privateObjectsText)
    expect(privateExclusionsText(vector.exclusionNonce, vector.exclusions)).toBe(vector.privateExclusionsText)
    const sorted = sortRoster(rosterOf(vector))
    expect(sorted.ok && rosterText(sorted.value)).toBe(vector.rosterText)
    const commitment = commit(vector)
    expect(commitmentText(commitment)).toBe(vector.commitmentText)
    expect(commitmentDigest(hash, commitment)).toBe(vector.commitmentDigest)
  })

  it('DRW-31 draws, logs and signs the same transcript, byte for byte', () => {
    const { commitment, drawn } = drawnOf(vector)
    const genesis = genesisOf(vector)
    const expected = (JSON.parse(vector.transcriptText) as { transcript: Transcript }).transcript
    const at = vector.logText
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as LogEntry).receivedAt)
    const { drawId, regionCode, snapshotSignature } = commitment
    const first = openLog(hash, genesis, drawing, at[0] as LogEntry['receivedAt'])
    const snapshot = {
      kind: 'snapshot',
      drawId,
      digest: snapshotDigest(hash, commitment.snapshot),
      receivedAt: at[1] as LogEntry['receivedAt'],
    } as const
    const second = appendEntry(hash, first, snapshot, snapshotSignature)
    const s = commitmentDigest(hash, commitment)
    const third = appendEntry(
      hash,
      second,
      { kind: 'commitment', drawId, digest: s, receivedAt: at[2] as LogEntry['receivedAt'] },
      signDigest(drawing, 'commitment', regionCode, drawId, s),
    )
    expect(logText(genesis, [first, second, third])).toBe(vector.logText)
    expect(checkLog(hash, genesis, [first, second, third])).toEqual({ ok: true, value: { seq: 2, head: third.head } })

    const key = Uint8Array.from(Buffer.from(vector.key, 'hex'))
    const ids = new Map(vector.objects.map(({ label, id }) => [label, id]))
    const drawnSet = drawn.batches.flat().map((label) => {
      const id = ids.get(label) ?? ''
      return drawnDigest(hash, drawId, drawnSalt(hash, key, drawId, id), id)
    })
    const entries = [logProof(second, first.head), logProof(third, second.head)]
    const input = { commitment, drawn, drawnSet, genesis, entries, beacons: vector.beaconOutputs, reveals: vector.reveals }
    const transcript = buildTranscript(hash, input)
    expect(transcript).toEqual(expected)
    expect(transcriptDigest(hash, transcript)).toBe(vector.transcriptDigest)
    const signed = signTranscript(hash, transcript, drawing)
    expect(transcriptText(signed)).toBe(vector.transcriptText)
    const file = transcriptFile({ keyId: signed.keyId, signature: signed.signature }, utf8(canonicalJson(transcript)))
    expect(new TextDecoder().decode(file)).toBe(vector.transcriptText)
  })

  it('signs the bytes of rule 15', () => {
    for (const { kind, regionCode, drawId, digest, bytes } of vector.signed) {
      expect(toHex(signatureInput(kind, regionCode, drawId, digest))).toBe(bytes)
    }
  })

  it('DRW-31 matches the same teams, leaders and shortages', () => {
    const { commitment, drawn } = drawnOf(vector)
    const expected = JSON.parse(vector.matchRecordText) as MatchRecord
    const matches = matchInspectors(hash, drawn.seed, drawn.strata, vector.matchInputs)
    expect(matches).toEqual(expected.matches)
    expect(matches.some(({ shortages }) => shortages.length > 0)).toBe(true)
    const record: MatchRecord = {
      type: 'dual-random/match/v1',
      drawId: commitment.drawId,
      transcriptDigest: vector.transcriptDigest,
      nonce: expected.nonce,
      matches,
    }
    expect(matchRecordText(record)).toBe(vector.matchRecordText)
    expect(matchRecordDigest(hash, record)).toBe(vector.matchRecordDigest)
  })

  it('DRW-31 opens one object to the signed root, and nothing else', () => {
    const { commitment } = drawnOf(vector)
    const sorted = sortRoster(rosterOf(vector))
    const opening = sorted.ok ? objectOpener(hash, commitment.drawId, sorted.value)(vector.opening) : undefined
    expect(opening).toEqual(vector.opening)
    expect(opensTo(hash, commitment.snapshot, vector.opening)).toBe(true)
    const forged = [
      { id: 'obj-99' },
      { stratum: vector.opening.stratum === 'A' ? 'B' : 'A' },
      { index: vector.opening.index + 1 },
      { size: vector.opening.size + 1 },
      { path: vector.opening.path.slice(1) },
      { path: [...vector.opening.path, vector.opening.label] },
      { drawId: vector.opening.label },
    ]
    for (const change of forged) expect(opensTo(hash, commitment.snapshot, { ...vector.opening, ...change })).toBe(false)
  })

  it('DRW-31 Appendix F 16: a replay from the stored candidate digest, seed and algorithm version gives the same result', () => {
    const { commitment, drawn } = drawnOf(vector)
    const stored = parseRoster(vector.rosterText)
    const roster = stored.ok ? stored.value : []
    expect(replayDraw(hash, { commitment, algorithm: 'dual-random/draw/v1', seed: drawn.seed }, roster)).toEqual({ ok: true, value: drawn })

    const otherSeed = drawn.seed.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))
    const other = replayDraw(hash, { commitment, algorithm: 'dual-random/draw/v1', seed: otherSeed }, roster)
    expect(other.ok && other.value.strata).not.toEqual(drawn.strata)
    expect(replayDraw(hash, { commitment, algorithm: 'dual-random/draw/v2', seed: drawn.seed }, roster)).toEqual({
      ok: false,
      error: { code: 'unknown-algorithm', algorithm: 'dual-random/draw/v2' },
    })
    const changed = roster.map((entry, index) => (index === 0 ? { ...entry, excluded: !entry.excluded } : entry))
    expect(replayDraw(hash, { commitment, algorithm: 'dual-random/draw/v1', seed: drawn.seed }, changed)).toMatchObject({
      ok: false,
      error: { code: 'other-roster', expected: commitment.snapshot.rosterDigest },
    })
  })
})
