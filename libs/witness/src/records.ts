import { type DrawHash, type EntryKind, hexDigest } from '@dual-random/draw'
import { canonicalJson, err, type Json, ok, parseCanonicalJson, type Result, utf8 } from '@dual-random/kernel'
import * as z from 'zod'
import { digestShape, idShape, type ShapeError, shapeErrorOf, signatureShape } from './shapes.ts'

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

export type VoidRecord = { readonly type: 'dual-random/void/v1'; readonly drawId: string; readonly reason: string }

const key = z.discriminatedUnion('role', [
  z.strictObject({
    type: z.literal('dual-random/key/v1'),
    keyId: idShape,
    role: z.literal('unit'),
    algorithm: z.literal('ed25519'),
    publicKey: digestShape,
    unitId: idShape,
  }),
  z.strictObject({
    type: z.literal('dual-random/key/v1'),
    keyId: idShape,
    role: z.literal('beacon'),
    algorithm: z.literal('bls12381-g2'),
    publicKey: z.string().regex(/^[0-9a-f]{192}$/),
    unitId: idShape,
  }),
])
const tip = z.strictObject({ type: z.literal('dual-random/tip/v1'), drawId: digestShape, unitId: idShape, tip: digestShape })
const reveal = z.strictObject({
  type: z.literal('dual-random/reveal/v1'),
  drawId: digestShape,
  unitId: idShape,
  commitment: digestShape,
  secret: digestShape,
})
const voided = z.strictObject({ type: z.literal('dual-random/void/v1'), drawId: digestShape, reason: z.string() })

/** A reveal on its way to the log. */
export type SignedReveal = { readonly keyId: string; readonly record: RevealRecord; readonly signature: string }

const signedReveal = z.strictObject({ keyId: idShape, record: reveal, signature: signatureShape })

/** Reads `{keyId, record, signature}`. */
export function parseSignedReveal(text: string): Result<SignedReveal, ShapeError> {
  const parsed = parseCanonicalJson(text)
  if (!parsed.ok) return err({ pointer: '', reason: parsed.error.reason })
  const read = signedReveal.safeParse(parsed.value)
  return read.success ? ok(read.data) : err(shapeErrorOf(read.error))
}

/** Kinds of entries that carry the record behind their digest. */
export type RecordKind = 'key' | 'tip' | 'reveal' | 'void'

const isRecordKind = (kind: EntryKind): kind is RecordKind => kind === 'key' || kind === 'tip' || kind === 'reveal' || kind === 'void'

export type LogRecordOf =
  | { readonly kind: 'key'; readonly record: KeyRecord }
  | { readonly kind: 'tip'; readonly record: TipRecord }
  | { readonly kind: 'reveal'; readonly record: RevealRecord }
  | { readonly kind: 'void'; readonly record: VoidRecord }

/** The record of an entry; undefined for a kind that carries none, an error where it is missing, superfluous or malformed. */
export function readRecord(kind: EntryKind, value: Json | undefined): Result<LogRecordOf | undefined, ShapeError> {
  if (!isRecordKind(kind)) return value === undefined ? ok(undefined) : err({ pointer: '/record', reason: `${kind} carries no record` })
  const read = shapes[kind].safeParse(value)
  if (read.success) return ok({ kind, record: read.data } as LogRecordOf)
  const { pointer, reason } = shapeErrorOf(read.error)
  return err({ pointer: `/record${pointer}`, reason })
}

const shapes = { key, tip, reveal, void: voided } as const

/** H of a record's RFC 8785 text: the digest of its entry. */
export const recordDigest = (hash: DrawHash, record: Json): string => hexDigest(hash, utf8(canonicalJson(record)))
