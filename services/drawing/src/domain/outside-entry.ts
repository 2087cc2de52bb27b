import { appendEntry, type DrawHash, type LogEntry, signatureInput, tipOf } from '@dual-random/draw'
import { assertNever, err, fromHex, type Instant, type Json, ok, type Result } from '@dual-random/kernel'
import { type KeyRecord, type LogRecordOf, type RevealRecord, readRecord, recordDigest, type TipRecord } from '@dual-random/witness'
import type { LogDecision, RegionLog } from './region-log.ts'

/** What somebody outside gives the log: a key by the superior, a tip or a reveal by a unit (docs/draw-protocol.md §16, §17). */
export interface OutsideRequest {
  readonly kind: 'key' | 'tip' | 'reveal'
  readonly record: Json
  readonly keyId: string
  readonly signature: string
}

/** The superior whose signature admits keys, as pinned. */
export interface Superior {
  readonly keyId: string
  readonly publicKey: string
  readonly unitId: string
}

export type OutsideRefusal =
  | { readonly code: 'entry-malformed'; readonly pointer: string }
  | { readonly code: 'entry-unknown-key' | 'entry-bad-signature' | 'entry-key-taken'; readonly keyId: string }
  | { readonly code: 'tip-too-late' | 'tip-differs' | 'reveal-no-commitment' | 'reveal-wrong' }

type Verify = (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean

interface OutsideContext {
  readonly hash: DrawHash
  readonly verify: Verify
  readonly superior: Superior
}

/** The draw that a request is about; null for a key. */
export function drawIdOf({ kind, record }: OutsideRequest): string | null {
  const read = readRecord(kind, record)
  return read.ok && read.value !== undefined && read.value.kind !== 'key' ? read.value.record.drawId : null
}

/** Appends what an outsider signed, or finds it. Only what a witness would take is taken, or the log could not go on. */
export function appendOutside(
  context: OutsideContext,
  log: RegionLog,
  ofDraw: readonly LogEntry[],
  request: OutsideRequest,
  receivedAt: Instant,
): Result<LogDecision, OutsideRefusal> {
  const read = readRecord(request.kind, request.record)
  if (!read.ok || read.value === undefined) return err({ code: 'entry-malformed', pointer: read.ok ? '' : read.error.pointer })
  const drawId = read.value.kind === 'key' ? null : read.value.record.drawId
  const digest = recordDigest(context.hash, read.value.record)
  const { kind, keyId, signature } = request
  const publicKey = publicKeyOf(context.superior, log, read.value, keyId)
  if (publicKey === undefined) return err({ code: 'entry-unknown-key', keyId })
  const message = signatureInput(kind, log.regionCode, drawId, digest)
  if (!context.verify(publicKey, message, fromHex(signature) ?? new Uint8Array(0))) return err({ code: 'entry-bad-signature', keyId })
  const known = knownEntry(log, ofDraw, kind, digest)
  if (known !== undefined) return ok({ outcome: 'known', entry: known })
  const refusal = refusalOf(context, log, ofDraw, read.value)
  if (refusal !== undefined) return err(refusal)
  const entry = appendEntry(context.hash, log.last, { kind, drawId, digest, receivedAt, record: read.value.record }, { keyId, signature })
  const keys = read.value.kind === 'key' ? [...log.keys, { record: read.value.record, entry }] : log.keys
  return ok({ outcome: 'appended', entry, log: { ...log, last: entry, keys } })
}

const knownEntry = ({ keys }: RegionLog, ofDraw: readonly LogEntry[], kind: string, digest: string): LogEntry | undefined =>
  kind === 'key'
    ? keys.find(({ entry }) => entry.digest === digest)?.entry
    : ofDraw.find((entry) => entry.kind === kind && entry.digest === digest)

function publicKeyOf(superior: Superior, { keys }: RegionLog, given: LogRecordOf, keyId: string): string | undefined {
  if (given.kind === 'void') return undefined
  if (given.kind === 'key') return keyId === superior.keyId ? superior.publicKey : undefined
  const { unitId } = given.record
  if (keyId === superior.keyId) return unitId === superior.unitId ? superior.publicKey : undefined
  return keys.find(({ record }) => record.keyId === keyId && record.role === 'unit' && record.unitId === unitId)?.record.publicKey
}

function refusalOf(
  { hash, superior }: OutsideContext,
  log: RegionLog,
  ofDraw: readonly LogEntry[],
  given: LogRecordOf,
): OutsideRefusal | undefined {
  switch (given.kind) {
    case 'key':
      return isTaken(log, superior, given.record) ? { code: 'entry-key-taken', keyId: given.record.keyId } : undefined
    case 'tip':
      // S is prepared after the freeze and holds every tip before it: none may come between.
      if (ofDraw.some(({ kind }) => kind === 'snapshot' || kind === 'void')) return { code: 'tip-too-late' }
      return tipIn(ofDraw, given.record.unitId) === undefined ? undefined : { code: 'tip-differs' }
    case 'reveal':
      return revealRefusal(hash, ofDraw, given.record)
    case 'void':
      return { code: 'entry-malformed', pointer: '/kind' }
    default:
      return assertNever(given)
  }
}

function revealRefusal(hash: DrawHash, ofDraw: readonly LogEntry[], reveal: RevealRecord): OutsideRefusal | undefined {
  const commitment = ofDraw.find(({ kind }) => kind === 'commitment')
  if (commitment === undefined || commitment.digest !== reveal.commitment) return { code: 'reveal-no-commitment' }
  return tipIn(ofDraw, reveal.unitId)?.tip === tipOf(hash, reveal.drawId, reveal) ? undefined : { code: 'reveal-wrong' }
}

const tipIn = (ofDraw: readonly LogEntry[], unitId: string): TipRecord | undefined => tipsIn(ofDraw).find((tip) => tip.unitId === unitId)

function isTaken({ genesis, keys }: RegionLog, superior: Superior, { keyId, publicKey }: KeyRecord): boolean {
  const there = [...genesis.keys, superior, ...keys.map(({ record }) => record)]
  return there.some((key) => key.keyId === keyId || key.publicKey === publicKey)
}

/** The tips of a draw as they stand in its log entries. */
export const tipsIn = (ofDraw: readonly LogEntry[]): readonly TipRecord[] =>
  ofDraw.filter(({ kind }) => kind === 'tip').map(({ record }) => record as TipRecord)
