import { canonicalJson, type Json, utf8 } from '@dual-random/kernel'
import { type DrawHash, hexDigest } from '../hash.ts'
import type { LogEntry } from '../log.ts'
import type { EntryKind } from '../signature.ts'
import { either, hex32, hex96, idText, oneOf, record, type Shape, words } from './shape.ts'

// The records that entries of the log carry (§16).

export interface KeyRecord {
  readonly keyId: string
  readonly role: 'unit' | 'beacon'
  readonly publicKey: string
  readonly unitId: string
}
export interface TipRecord {
  readonly drawId: string
  readonly unitId: string
  readonly tip: string
}
export interface RevealRecord {
  readonly commitment: string
  readonly drawId: string
  readonly unitId: string
  readonly secret: string
}

const keyMembers = { type: oneOf('dual-random/key/v1'), keyId: idText, role: words, unitId: idText }

/** Kinds that carry their record. */
export const recordShapes: Readonly<Partial<Record<EntryKind, Shape>>> = {
  key: either('role', {
    unit: record({ ...keyMembers, algorithm: oneOf('ed25519'), publicKey: hex32 }),
    beacon: record({ ...keyMembers, algorithm: oneOf('bls12381-g2'), publicKey: hex96 }),
  }),
  tip: record({ type: oneOf('dual-random/tip/v1'), drawId: hex32, unitId: idText, tip: hex32 }),
  reveal: record({ type: oneOf('dual-random/reveal/v1'), commitment: hex32, drawId: hex32, unitId: idText, secret: hex32 }),
  void: record({ type: oneOf('dual-random/void/v1'), drawId: hex32, reason: words }),
}

export const recordDigest = (hash: DrawHash, value: Json): string => hexDigest(hash, utf8(canonicalJson(value)))

interface Records {
  readonly key: KeyRecord
  readonly tip: TipRecord
  readonly reveal: RevealRecord
  readonly void: { readonly drawId: string }
}

/** The record of a line of that kind; the line's form has been checked. */
export const recordOf = <K extends keyof Records>(line: LogEntry, kind: K): Records[K] | undefined =>
  line.kind === kind ? (line.record as Records[K] | undefined) : undefined
