import { canonicalJson, type Instant, ok, type Result, toHex, utf8 } from '@dual-random/kernel'
import type { ExclusionCount } from './exclusion-counts.ts'
import { type DrawHash, type HashName, hexDigest } from './hash.ts'
import { keyDigest } from './labels.ts'
import { rootOfTree } from './merkle.ts'
import { type RosterEntry, type RosterError, rosterDigest, rosterTree, type StratumSize, sortRoster, stratumSizes } from './roster.ts'
import { type SignatureRecord, type Signer, signDigest } from './signature.ts'

/** What registry signs at the freeze (rule 2). Every digest is lower-case hex. */
export type Snapshot = {
  readonly type: 'dual-random/snapshot/v1'
  readonly hash: HashName
  readonly regionCode: string
  readonly drawId: string
  /** The draw whose K and drawId the labels are formed with, in a redraw alone (§18). */
  readonly labelsOf?: string
  readonly asOf: Instant
  readonly creditLoadDigest: string
  readonly registrationLoadDigest: string
  /** Merkle root over (ℓ, stratum) of the whole mapped set, ascending by label. */
  readonly root: string
  /** Digest of the roster file. */
  readonly rosterDigest: string
  readonly strata: readonly StratumSize[]
  readonly exclusions: { readonly counts: readonly ExclusionCount[]; readonly privateFileDigest: string }
  readonly privateFileDigest: string
  readonly keyDigest: string
}

/** The draw whose id the labels are formed with: a redraw has its parent's (§18). */
export const labelsOf = (snapshot: Pick<Snapshot, 'drawId' | 'labelsOf'>): string => snapshot.labelsOf ?? snapshot.drawId

export interface SnapshotInput {
  readonly regionCode: string
  readonly drawId: string
  /** In a redraw, the parent. */
  readonly labelsOf?: string
  readonly asOf: Instant
  readonly creditLoadDigest: string
  readonly registrationLoadDigest: string
  /** The whole mapped set, in any order. */
  readonly entries: readonly RosterEntry[]
  readonly exclusionCounts: readonly ExclusionCount[]
  /** The two private files, as text. */
  readonly privateObjects: string
  readonly privateExclusions: string
  /** K of this drawId, or of `labelsOf`; 32 bytes. */
  readonly key: Uint8Array
}

/** Builds the snapshot; refuses equal labels. The order of the entries changes nothing. */
export function buildSnapshot(hash: DrawHash, input: SnapshotInput): Result<Snapshot, RosterError> {
  const sorted = sortRoster(input.entries)
  if (!sorted.ok) return sorted
  return ok({
    type: 'dual-random/snapshot/v1',
    hash: hash.name,
    regionCode: input.regionCode,
    drawId: input.drawId,
    ...(input.labelsOf === undefined ? {} : { labelsOf: input.labelsOf }),
    asOf: input.asOf,
    creditLoadDigest: input.creditLoadDigest,
    registrationLoadDigest: input.registrationLoadDigest,
    root: toHex(rootOfTree(rosterTree(hash, sorted.value))),
    rosterDigest: rosterDigest(hash, sorted.value),
    strata: stratumSizes(sorted.value),
    exclusions: { counts: input.exclusionCounts, privateFileDigest: hexDigest(hash, utf8(input.privateExclusions)) },
    privateFileDigest: hexDigest(hash, utf8(input.privateObjects)),
    keyDigest: keyDigest(hash, input.labelsOf ?? input.drawId, input.key),
  })
}

export const snapshotDigest = (hash: DrawHash, snapshot: Snapshot): string => hexDigest(hash, utf8(canonicalJson(snapshot)))

export const signSnapshot = (hash: DrawHash, snapshot: Snapshot, signer: Signer): SignatureRecord =>
  signDigest(signer, 'snapshot', snapshot.regionCode, snapshot.drawId, snapshotDigest(hash, snapshot))
