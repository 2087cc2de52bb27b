import { readFileSync } from 'node:fs'
import type { Ratio } from '@dual-random/kernel'
import type {
  BeaconOutput,
  DrawParts,
  HashName,
  LabelKind,
  LogKind,
  MatchInput,
  ObjectOpening,
  PrivateExclusion,
  PrivateObject,
  RankContext,
  Reveal,
  SignatureKind,
  StratumRule,
  Ticketed,
} from '../src/index.ts'

/** A file of tests/vectors/draw, made by the second implementation there. */
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../tests/vectors/draw/${name}`, import.meta.url), 'utf8'))

export const labelVectors = read('labels.json') as readonly {
  hash: HashName
  parts: DrawParts
  drawId: string
  key: string
  keyDigest: string
  entities: readonly { kind: LabelKind; id: string; salt: string; label: string; drawnSalt: string; drawnDigest: string }[]
}[]

export const merkleVectors = read('merkle.json') as {
  leaves: readonly string[]
  roots: readonly string[]
  paths: readonly { hash: HashName; size: number; index: number; path: readonly string[]; root: string }[]
}

export const elegyVectors = read('elegy-vrs.json') as {
  randomness: string
  candidates: readonly string[]
  iterations: readonly { code: string; labels: readonly { label: string; ticketHead: string }[] }[]
}

export const rankVectors = read('rank.json') as readonly {
  hash: HashName
  seed: string
  context: RankContext
  labels: readonly string[]
  ranked: readonly Ticketed[]
}[]

export const seedVectors = read('seed.json') as readonly {
  hash: HashName
  commitment: string
  beacons: readonly BeaconOutput[]
  reveals: readonly Reveal[]
  seed: string
  tipsUnderDrawIdEqualToCommitment: readonly string[]
}[]

export const countVectors = read('counts.json') as readonly { mapped: number; eligible: number; rule: StratumRule; raw: Ratio; n: number }[]

/** A whole draw with everything that is needed to make its files again. */
export interface BundleVector {
  readonly hash: HashName
  readonly key: string
  readonly registrySeed: string
  readonly drawingSeed: string
  readonly exclusionNonce: string
  readonly objects: readonly PrivateObject[]
  readonly exclusions: readonly PrivateExclusion[]
  readonly rules: Readonly<Record<string, StratumRule>>
  readonly reveals: readonly Reveal[]
  readonly beaconOutputs: readonly BeaconOutput[]
  readonly matchInputs: readonly MatchInput[]
  readonly privateObjectsText: string
  readonly privateExclusionsText: string
  readonly rosterText: string
  readonly commitmentText: string
  readonly commitmentDigest: string
  readonly transcriptDigest: string
  readonly transcriptText: string
  readonly logText: string
  readonly matchRecordText: string
  readonly matchRecordDigest: string
  readonly opening: ObjectOpening
  readonly signed: readonly {
    readonly kind: SignatureKind & (LogKind | 'genesis')
    readonly regionCode: string
    readonly drawId: string | null
    readonly digest: string
    readonly bytes: string
  }[]
}

export const bundleVectors = [read('bundle-sha256.json'), read('bundle-sm3.json')] as readonly [BundleVector, BundleVector]

/** A draw and its replacement, with every public file of both. */
export interface RedrawnVector {
  readonly hash: HashName
  readonly parentDrawId: string
  readonly drawId: string
  readonly digests: { readonly snapshot: string; readonly commitment: string; readonly transcript: string }
  readonly seed: string
  readonly strata: readonly { readonly stratum: string; readonly drawn: readonly Ticketed[]; readonly cutOff: string | null }[]
  readonly privateExclusionsText: string
  readonly files: Readonly<Record<string, string>>
}

/** A draw of two cities with merged strata, with every public file, and its S as it is where strata do not merge. */
export interface JointVector {
  readonly hash: HashName
  readonly drawId: string
  /** The organiser's first. */
  readonly regionCodes: readonly [string, string]
  readonly digests: { readonly snapshots: readonly string[]; readonly commitment: string; readonly transcript: string }
  readonly seed: string
  readonly strata: readonly { readonly stratum: string; readonly drawn: readonly Ticketed[]; readonly cutOff: string | null }[]
  readonly apart: string
  /** By the names that the cities give their strata. */
  readonly rules: Readonly<Record<string, StratumRule>>
  readonly files: Readonly<Record<string, string>>
}

export const jointVectors = ['sha256', 'sm3'].map((name) => read(`joint-${name}.json`) as JointVector)

export const redrawnVectors = ['sha256', 'sm3'].map((name) => read(`redrawn-${name}.json`) as RedrawnVector)
