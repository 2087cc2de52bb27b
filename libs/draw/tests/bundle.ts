import { ed25519Key } from '@dual-random/beacon'
import { fromHex, parseCanonicalJson } from '@dual-random/kernel'
import { hexDigest } from '../src/hash.ts'
import {
  buildCommitment,
  buildSnapshot,
  type Commitment,
  type CommitmentError,
  type CommitmentInput,
  type LogGenesis,
  matchInputText,
  privateExclusionsText,
  privateObjectsText,
  publicExclusionCounts,
  type RosterEntry,
  type Signer,
  signSnapshot,
} from '../src/index.ts'
import { nodeHash } from './node-hash.ts'
import type { BundleVector } from './vectors.ts'

const parsed = (text: string): unknown => {
  const value = parseCanonicalJson(text)
  if (!value.ok) throw new Error(value.error.reason)
  return value.value
}

export const signerOf = (keyId: string, seed: string): Signer => ({ keyId, sign: ed25519Key(fromHex(seed) ?? new Uint8Array(0)).sign })

export const genesisOf = (vector: BundleVector): LogGenesis =>
  (parsed(vector.logText.split('\n')[0] ?? '') as { record: LogGenesis }).record

export const rosterOf = (vector: BundleVector): readonly RosterEntry[] => {
  const excluded = new Set(vector.exclusions.map(({ label }) => label))
  return vector.objects.map(({ label, stratum }) => ({ label, stratum, excluded: excluded.has(label) }))
}

/** The parties' work up to S, redone by libs/draw from a vector's inputs; fixed values are read off the vector's S. */
export function commitmentInput(vector: BundleVector): CommitmentInput {
  const hash = nodeHash(vector.hash)
  const expected = parsed(vector.commitmentText) as Commitment
  const snapshot = buildSnapshot(hash, {
    ...expected.snapshot,
    entries: rosterOf(vector),
    exclusionCounts: publicExclusionCounts(
      vector.exclusions.map(({ ground }) => ground),
      { publicGround: {}, smallestCell: 5 },
    ),
    privateObjects: privateObjectsText(vector.objects),
    privateExclusions: privateExclusionsText(vector.exclusionNonce, vector.exclusions),
    key: fromHex(vector.key) ?? new Uint8Array(0),
  })
  if (!snapshot.ok) throw new Error(snapshot.error.code)
  return {
    ...expected,
    snapshot: snapshot.value,
    snapshotSignature: signSnapshot(hash, snapshot.value, signerOf('registry-230300', vector.registrySeed)),
    rules: vector.rules,
    matchInputs: vector.matchInputs.map((input) => ({
      unitId: input.unitId,
      digest: hexDigest(hash, new TextEncoder().encode(matchInputText(input))),
    })),
    batchSizes: () => expected.batchSizes,
  }
}

export const commit = (vector: BundleVector): Commitment => valueOf(buildCommitment(nodeHash(vector.hash), commitmentInput(vector)))

function valueOf(result: { ok: true; value: Commitment } | { ok: false; error: CommitmentError }): Commitment {
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
