import { describe, expect, it } from 'vitest'
import { commitmentInput, rosterOf, signerOf } from '../tests/bundle.ts'
import { sha256Hash } from '../tests/node-hash.ts'
import { bundleVectors } from '../tests/vectors.ts'
import { keyDigest } from './labels.ts'
import { buildSnapshot, labelsOf, type SnapshotInput, signSnapshot } from './snapshot.ts'

const [vector] = bundleVectors
const { snapshot } = commitmentInput(vector)
const key = new Uint8Array(32).fill(7)
const parent = '0'.repeat(64)
const input: SnapshotInput = {
  ...snapshot,
  entries: rosterOf(vector),
  exclusionCounts: [],
  privateObjects: '',
  privateExclusions: '',
  key,
}
const built = (change: Partial<SnapshotInput> = {}) => {
  const made = buildSnapshot(sha256Hash, { ...input, ...change })
  if (!made.ok) throw new Error(made.error.code)
  return made.value
}

describe('the snapshot', () => {
  it('DRW-30 has labels under the key of its own draw, and in a redraw of the parent', () => {
    const [own, redraw] = [built(), built({ labelsOf: parent })]
    expect(own).not.toHaveProperty('labelsOf')
    expect([own.keyDigest, labelsOf(own)]).toEqual([keyDigest(sha256Hash, own.drawId, key), own.drawId])
    expect(redraw).toMatchObject({ labelsOf: parent, drawId: own.drawId, keyDigest: keyDigest(sha256Hash, parent, key) })
    expect(labelsOf(redraw)).toBe(parent)
  })

  it('DRW-31 does not depend on the order of its members, and has each once', () => {
    expect(built({ entries: input.entries.toReversed() })).toEqual(built())
    expect(buildSnapshot(sha256Hash, { ...input, entries: [...input.entries, ...input.entries.slice(0, 1)] })).toMatchObject({
      ok: false,
      error: { code: 'equal-labels', label: input.entries[0]?.label },
    })
  })

  it('DRW-31 is signed for its own draw and region', () => {
    const signer = signerOf('registry-230300', vector.registrySeed)
    const signed = (change: object) => signSnapshot(sha256Hash, { ...snapshot, ...change }, signer).signature
    expect(signed({})).toBe(commitmentInput(vector).snapshotSignature.signature)
    for (const change of [{ regionCode: '230400' }, { drawId: parent }, { asOf: '2026-01-01T00:00:00.000Z' }])
      expect(signed(change)).not.toBe(signed({}))
  })
})
