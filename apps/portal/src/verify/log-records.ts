import { type DrawHash, type EntryKind, hexDigest, type LogEntry } from '@dual-random/draw'
import { canonicalJson, type Json, utf8 } from '@dual-random/kernel'
import { either, hex, matching, oneOf, record, type Shape } from './shape.ts'

// The records that entries of the log carry (docs/draw-protocol.md §16).

export interface KeyRecord {
  readonly keyId: string
  readonly role: 'unit' | 'beacon'
  readonly publicKey: string
  readonly unitId: string
}

export interface TipRecord {
  readonly unitId: string
  readonly tip: string
}

export interface RevealRecord {
  readonly commitment: string
  readonly unitId: string
  readonly secret: string
}

const hex32 = hex(32)
const words = matching(/^.+$/su, 'text')
export const idText = matching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,95}$/, 'id')
const keyMembers = { type: oneOf('dual-random/key/v1'), keyId: idText, role: words, unitId: idText }

/** Kinds that carry their record; of the others only the genesis does. */
export const recordShapes: Readonly<Partial<Record<EntryKind, Shape>>> = {
  key: either('role', {
    unit: record({ ...keyMembers, algorithm: oneOf('ed25519'), publicKey: hex32 }),
    beacon: record({ ...keyMembers, algorithm: oneOf('bls12381-g2'), publicKey: hex(96) }),
  }),
  tip: record({ type: oneOf('dual-random/tip/v1'), drawId: hex32, unitId: idText, tip: hex32 }),
  reveal: record({ type: oneOf('dual-random/reveal/v1'), commitment: hex32, drawId: hex32, unitId: idText, secret: hex32 }),
  void: record({ type: oneOf('dual-random/void/v1'), drawId: hex32, reason: matching(/^.*$/su, 'text') }),
}

export const recordDigest = (hash: DrawHash, value: Json): string => hexDigest(hash, utf8(canonicalJson(value)))

/** The record of a line of that kind, whose form has been checked. */
export function recordOf(line: LogEntry, kind: 'key'): KeyRecord | undefined
export function recordOf(line: LogEntry, kind: 'tip'): TipRecord | undefined
export function recordOf(line: LogEntry, kind: 'reveal'): RevealRecord | undefined
export function recordOf(line: LogEntry, kind: EntryKind): unknown {
  return line.kind === kind ? line.record : undefined
}
