import { type DrawHash, type EntryKind, hexDigest } from '@dual-random/draw'
import { anyText, either, hex32, hex64, hex96, idText, instant, integer, list, nullOr, oneOf, record, words } from '@dual-random/draw/forms'
import { canonicalJson, err, type Instant, type Json, ok, type Result, utf8 } from '@dual-random/kernel'
import { parseForm, type ShapeError, shapeErrorOf } from './shapes.ts'

/** A key that the superior admits to the log; it holds for the entries after its own (docs/draw-protocol.md §16). */
export type KeyRecord = {
  readonly type: 'dual-random/key/v1'
  readonly keyId: string
  readonly role: 'unit' | 'beacon'
  readonly algorithm: 'ed25519' | 'bls12381-g2'
  /** Hex: 32 bytes Ed25519, 96 bytes BLS12-381 G2. */
  readonly publicKey: string
  /** The unit that holds it, or that runs the beacon. */
  readonly unitId: string
}

/** A unit's tip for one attempt, in the log before S. */
export type TipRecord = { readonly type: 'dual-random/tip/v1'; readonly drawId: string; readonly unitId: string; readonly tip: string }

/** A unit's secret, given only against the S it names. */
export type RevealRecord = {
  readonly type: 'dual-random/reveal/v1'
  readonly drawId: string
  readonly unitId: string
  /** H(S). */
  readonly commitment: string
  readonly secret: string
}

/** The superior's word that a redraw, or an attempt after one whose result could be known, may be drawn (§19); the reason is not empty. */
export type ApprovalRecord = {
  readonly type: 'dual-random/approval/v1'
  /** Of the attempt that it allows. */
  readonly drawId: string
  readonly unitId: string
  readonly reason: string
  /** Of a redraw the digest of its order (§18), which it allows and no other; else null. */
  readonly order: string | null
}

/** What an auditor found when it recomputed a draw with its private files (§22). */
export type AuditedRecord = {
  readonly type: 'dual-random/audited/v1'
  readonly drawId: string
  /** The auditor's; never the organiser's. */
  readonly unitId: string
  /** Digest of the draw's `match` entry: what was recomputed. */
  readonly match: string
  /** How many findings; 0 where everything was recomputed the same. */
  readonly findings: number
}

/** What public numbers a draw may wait for (§9a), as the superior admits it; its digest is that of its entry. */
export type DefinitionRecord = {
  readonly type: 'dual-random/public-numbers/v1'
  readonly source: string
  readonly series: readonly {
    readonly name: string
    readonly publisher: string
    readonly page: string
    readonly publications: number
    readonly groups: readonly {
      readonly name: string
      readonly kind: 'set' | 'sequence'
      readonly count: number
      readonly from: number
      readonly to: number
    }[]
  }[]
}

/** What somebody of a unit read from the archived pages of a source that S names (§9a). */
export type NumbersRecord = {
  readonly type: 'dual-random/numbers/v1'
  readonly drawId: string
  readonly unitId: string
  /** H(S). */
  readonly commitment: string
  readonly source: string
  readonly series: readonly {
    /** SHA-256 of the archived page. */
    readonly pageDigest: string
    readonly before: { readonly issue: string; readonly publishedAt: Instant }
    readonly publications: readonly {
      readonly issue: string
      readonly publishedAt: Instant
      readonly numbers: readonly (readonly number[])[]
    }[]
  }[]
}

/** Why a committed draw cannot be ended: what was lost, or that its witnesses do not settle whether its void counts (§24). */
export const failureReasons = ['beacon-lost', 'key-lost', 'data-lost', 'void-undecided'] as const

export type FailureReason = (typeof failureReasons)[number]

/** The superior's word that a committed draw cannot be ended: a public incident (§24). */
export type FailedRecord = {
  readonly type: 'dual-random/failed/v1'
  readonly drawId: string
  readonly unitId: string
  readonly reason: FailureReason
}

export type VoidRecord = { readonly type: 'dual-random/void/v1'; readonly drawId: string; readonly reason: string }

const keyMembers = { type: oneOf('dual-random/key/v1'), keyId: idText, unitId: idText }

const group = record({ name: words, kind: oneOf('set', 'sequence'), count: integer(1), from: integer(0), to: integer(0) })

const heading = { issue: words, publishedAt: instant }

/** A publication of public numbers, as entries and transcripts have it. */
export const publicationShape = record({ ...heading, numbers: list(list(integer(0))) })

/** The forms of the records that entries carry (§16). */
export const recordShapes = {
  key: either('role', {
    unit: record({ ...keyMembers, role: oneOf('unit'), algorithm: oneOf('ed25519'), publicKey: hex32 }),
    beacon: record({ ...keyMembers, role: oneOf('beacon'), algorithm: oneOf('bls12381-g2'), publicKey: hex96 }),
  }),
  definition: record({
    type: oneOf('dual-random/public-numbers/v1'),
    source: words,
    series: list(record({ name: words, publisher: words, page: words, publications: integer(1), groups: list(group) })),
  }),
  numbers: record({
    type: oneOf('dual-random/numbers/v1'),
    commitment: hex32,
    drawId: hex32,
    unitId: idText,
    source: words,
    series: list(record({ pageDigest: hex32, before: record(heading), publications: list(publicationShape) })),
  }),
  tip: record({ type: oneOf('dual-random/tip/v1'), drawId: hex32, unitId: idText, tip: hex32 }),
  reveal: record({ type: oneOf('dual-random/reveal/v1'), commitment: hex32, drawId: hex32, unitId: idText, secret: hex32 }),
  void: record({ type: oneOf('dual-random/void/v1'), drawId: hex32, reason: anyText }),
  approval: record({ type: oneOf('dual-random/approval/v1'), drawId: hex32, unitId: idText, reason: words, order: nullOr(hex32) }),
  audited: record({ type: oneOf('dual-random/audited/v1'), drawId: hex32, unitId: idText, match: hex32, findings: integer(0) }),
  failed: record({
    type: oneOf('dual-random/failed/v1'),
    drawId: hex32,
    unitId: idText,
    reason: oneOf(...failureReasons),
  }),
} as const

/** A reveal on its way to the log. */
export type SignedReveal = { readonly keyId: string; readonly record: RevealRecord; readonly signature: string }

const signedReveal = record({ keyId: idText, record: recordShapes.reveal, signature: hex64 })

/** Reads `{keyId, record, signature}`. */
export const parseSignedReveal = (text: string): Result<SignedReveal, ShapeError> => parseForm(signedReveal, text)

/** Kinds of entries that carry the record behind their digest. */
export type RecordKind = keyof typeof recordShapes

const isRecordKind = (kind: EntryKind): kind is RecordKind => Object.hasOwn(recordShapes, kind)

export type LogRecordOf =
  | { readonly kind: 'key'; readonly record: KeyRecord }
  | { readonly kind: 'definition'; readonly record: DefinitionRecord }
  | { readonly kind: 'numbers'; readonly record: NumbersRecord }
  | { readonly kind: 'tip'; readonly record: TipRecord }
  | { readonly kind: 'reveal'; readonly record: RevealRecord }
  | { readonly kind: 'void'; readonly record: VoidRecord }
  | { readonly kind: 'approval'; readonly record: ApprovalRecord }
  | { readonly kind: 'audited'; readonly record: AuditedRecord }
  | { readonly kind: 'failed'; readonly record: FailedRecord }

/** The record of an entry; undefined for a kind that carries none, an error where it is missing, superfluous or malformed. */
export function readRecord(kind: EntryKind, value: Json | undefined): Result<LogRecordOf | undefined, ShapeError> {
  if (!isRecordKind(kind)) return value === undefined ? ok(undefined) : err({ pointer: '/record', reason: `${kind} carries no record` })
  const fault = recordShapes[kind](value, '/record')
  return fault === undefined ? ok({ kind, record: value } as LogRecordOf) : err(shapeErrorOf(fault))
}

/** H of a record's RFC 8785 text: the digest of its entry. */
export const recordDigest = (hash: DrawHash, value: Json): string => hexDigest(hash, utf8(canonicalJson(value)))
