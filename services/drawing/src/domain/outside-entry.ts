import { appendEntry, type DrawHash, type LogEntry, signatureInput, tipOf } from '@dual-random/draw'
import { assertNever, err, fromHex, type Instant, type Json, ok, type Result } from '@dual-random/kernel'
import {
  type ApprovalRecord,
  type AuditedRecord,
  type FailedRecord,
  failureFault,
  type KeyRecord,
  type LogRecordOf,
  type NumbersRecord,
  type RevealRecord,
  readRecord,
  recordDigest,
  type TipRecord,
} from '@dual-random/witness'
import { isFailed, type LogDecision, type RegionLog } from './region-log.ts'

/** What somebody outside gives the log: a key, a definition, an approval or a failure by the superior, a tip, a reveal, public numbers or an audit by a unit (docs/draw-protocol.md §16, §9a, §17, §19, §22, §24). */
export interface OutsideRequest {
  readonly kind: 'key' | 'definition' | 'tip' | 'reveal' | 'numbers' | 'approval' | 'audited' | 'failed'
  readonly record: Json
  readonly keyId: string
  readonly signature: string
}

/** The superior whose signature admits keys and approves attempts, as pinned. */
export interface Superior {
  readonly keyId: string
  readonly publicKey: string
  readonly unitId: string
}

export type OutsideRefusal =
  | { readonly code: 'entry-malformed'; readonly pointer: string }
  | { readonly code: 'failed-too-late'; readonly reason: FailedRecord['reason'] }
  | { readonly code: 'entry-unknown-key' | 'entry-bad-signature' | 'entry-key-taken'; readonly keyId: string }
  | {
      readonly code:
        | 'tip-too-late'
        | 'tip-differs'
        | 'reveal-no-commitment'
        | 'reveal-wrong'
        | 'approval-too-late'
        | 'audit-no-match'
        | 'audit-differs'
        | 'numbers-too-late'
        | 'numbers-entered'
        | 'failed-no-commitment'
        | 'failed-without-void'
        | 'failed-differs'
        | 'draw-failed'
    }

type Verify = (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean

interface OutsideContext {
  readonly hash: DrawHash
  readonly verify: Verify
  readonly superior: Superior
}

/** The draw that a request is about; null for a key or a definition. */
export function drawIdOf({ kind, record }: OutsideRequest): string | null {
  const read = readRecord(kind, record)
  return read.ok && read.value !== undefined ? drawOf(read.value) : null
}

const drawOf = (given: LogRecordOf): string | null => (given.kind === 'key' || given.kind === 'definition' ? null : given.record.drawId)

/** What a request says that was found in an audit; undefined where it is no audit, or malformed. */
export function auditIn({ kind, record }: OutsideRequest): AuditedRecord | undefined {
  const read = readRecord(kind, record)
  return read.ok && read.value?.kind === 'audited' ? read.value.record : undefined
}

/** What a request says was lost of a draw; undefined where it says nothing of the kind, or is malformed. */
export function failureIn({ kind, record }: OutsideRequest): FailedRecord | undefined {
  const read = readRecord(kind, record)
  return read.ok && read.value?.kind === 'failed' ? read.value.record : undefined
}

export interface Authentic {
  readonly given: LogRecordOf
  readonly digest: string
}

/** The record of a request, and that who may sign it did. */
export function authentic(
  context: OutsideContext,
  log: RegionLog,
  { kind, record, keyId, signature }: OutsideRequest,
): Result<Authentic, OutsideRefusal> {
  const read = readRecord(kind, record)
  if (!read.ok || read.value === undefined) return err({ code: 'entry-malformed', pointer: read.ok ? '' : read.error.pointer })
  const given = read.value
  const digest = recordDigest(context.hash, given.record)
  const publicKey = publicKeyOf(context.superior, log, given, keyId)
  if (publicKey === undefined) return err({ code: 'entry-unknown-key', keyId })
  const message = signatureInput(kind, log.regionCode, drawOf(given), digest)
  const isSigned = context.verify(publicKey, message, fromHex(signature) ?? new Uint8Array(0))
  return isSigned ? ok({ given, digest }) : err({ code: 'entry-bad-signature', keyId })
}

/** Appends what an outsider signed, or finds it. Only what a witness would take is taken, or the log could not go on. */
export function appendOutside(
  context: OutsideContext,
  log: RegionLog,
  entries: readonly LogEntry[],
  request: OutsideRequest,
  receivedAt: Instant,
): Result<LogDecision, OutsideRefusal> {
  const read = authentic(context, log, request)
  if (!read.ok) return read
  const { given, digest } = read.value
  const { kind, keyId, signature } = request
  const known = knownEntry(log, entries, kind, digest)
  if (known !== undefined) return ok({ outcome: 'known', entry: known })
  const refusal = refusalOf(context, log, entries, given)
  if (refusal !== undefined) return err(refusal)
  const drawId = drawOf(given)
  const entry = appendEntry(context.hash, log.last, { kind, drawId, digest, receivedAt, record: given.record }, { keyId, signature })
  const open = kind === 'failed' ? log.open.filter((one) => one !== drawId) : log.open
  return ok({ outcome: 'appended', entry, log: { ...log, last: entry, open, ...admitted(log, given, entry) } })
}

/** What the superior admitted stays with the head, where it is looked for. */
function admitted({ keys, definitions = [] }: RegionLog, given: LogRecordOf, entry: LogEntry): Partial<RegionLog> {
  if (given.kind === 'key') return { keys: [...keys, { record: given.record, entry }] }
  return given.kind === 'definition' ? { definitions: [...definitions, { record: given.record, entry }] } : {}
}

const knownEntry = (
  { keys, definitions = [] }: RegionLog,
  ofDraw: readonly LogEntry[],
  kind: string,
  digest: string,
): LogEntry | undefined =>
  kind === 'key' || kind === 'definition'
    ? [...keys, ...definitions].find(({ entry }) => entry.digest === digest)?.entry
    : ofDraw.find((entry) => entry.kind === kind && entry.digest === digest)

function publicKeyOf(superior: Superior, { keys }: RegionLog, given: LogRecordOf, keyId: string): string | undefined {
  if (given.kind === 'void') return undefined
  if (given.kind === 'key' || given.kind === 'definition') return keyId === superior.keyId ? superior.publicKey : undefined
  const { unitId } = given.record
  if ((given.kind === 'approval' || given.kind === 'failed') && keyId !== superior.keyId) return undefined
  if (keyId === superior.keyId) return unitId === superior.unitId ? superior.publicKey : undefined
  return keys.find(({ record }) => record.keyId === keyId && record.role === 'unit' && record.unitId === unitId)?.record.publicKey
}

function refusalOf(
  { hash, superior }: OutsideContext,
  log: RegionLog,
  ofDraw: readonly LogEntry[],
  given: LogRecordOf,
): OutsideRefusal | undefined {
  if (given.kind !== 'failed' && isFailed(ofDraw)) return { code: 'draw-failed' }
  switch (given.kind) {
    case 'key':
      return isTaken(log, superior, given.record) ? { code: 'entry-key-taken', keyId: given.record.keyId } : undefined
    case 'tip':
      // S is prepared after the freeze and holds every tip before it: none may come between.
      if (ofDraw.some(({ kind }) => kind === 'snapshot' || kind === 'void')) return { code: 'tip-too-late' }
      return tipIn(ofDraw, given.record.unitId) === undefined ? undefined : { code: 'tip-differs' }
    case 'reveal':
      return revealRefusal(hash, ofDraw, given.record)
    case 'approval':
      // Another may come beside it: one that names another order of a redraw approves nothing.
      return ofDraw.some(({ kind }) => kind === 'commitment' || kind === 'void') ? { code: 'approval-too-late' } : undefined
    case 'definition':
      return undefined
    case 'numbers':
      return numbersRefusal(ofDraw, given.record)
    case 'audited':
      return auditRefusal(ofDraw, given.record)
    case 'failed':
      return failureRefusal(ofDraw, given.record)
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

/** §9a: what entered together stays as it is; form and definition were checked before. */
function numbersRefusal(ofDraw: readonly LogEntry[], { commitment, source, unitId }: NumbersRecord): OutsideRefusal | undefined {
  if (ofDraw.find(({ kind }) => kind === 'commitment')?.digest !== commitment) return { code: 'reveal-no-commitment' }
  if (ofDraw.some(({ kind }) => kind === 'transcript')) return { code: 'numbers-too-late' }
  const before = ofDraw
    .filter(({ kind }) => kind === 'numbers')
    .map(({ record }) => record as NumbersRecord)
    .filter((one) => one.source === source)
  return before.length > 1 || before.some((one) => one.unitId === unitId) ? { code: 'numbers-entered' } : undefined
}

function auditRefusal(ofDraw: readonly LogEntry[], { match, unitId }: AuditedRecord): OutsideRefusal | undefined {
  if (ofDraw.find(({ kind }) => kind === 'match')?.digest !== match) return { code: 'audit-no-match' }
  const audits = ofDraw.filter(({ kind }) => kind === 'audited').map(({ record }) => record as AuditedRecord)
  return audits.some((audit) => audit.unitId === unitId) ? { code: 'audit-differs' } : undefined
}

/** The draw decides whether it may fail by now; the log, whether it still may. */
function failureRefusal(ofDraw: readonly LogEntry[], { reason }: FailedRecord): OutsideRefusal | undefined {
  const kinds = ofDraw.map(({ kind }) => kind)
  if (!kinds.includes('commitment')) return { code: 'failed-no-commitment' }
  if (kinds.includes('failed')) return { code: 'failed-differs' }
  const fault = failureFault(reason, kinds)
  if (fault === 'no-void') return { code: 'failed-without-void' }
  return fault === 'too-late' ? { code: 'failed-too-late', reason } : undefined
}

const tipIn = (ofDraw: readonly LogEntry[], unitId: string): TipRecord | undefined => tipsIn(ofDraw).find((tip) => tip.unitId === unitId)

function isTaken({ genesis, keys }: RegionLog, superior: Superior, { keyId, publicKey }: KeyRecord): boolean {
  const there = [...genesis.keys, superior, ...keys.map(({ record }) => record)]
  return there.some((key) => key.keyId === keyId || key.publicKey === publicKey)
}

/**
 * §19: whether a draw may have come to nothing before anybody could know its result, by its entries: it has no S, or a void before it, or a void and no tip;
 * and it did not fail. Whether the void was witnessed in time they do not tell.
 */
export function isEndedUnseen(ofDraw: readonly LogEntry[]): boolean {
  if (isFailed(ofDraw)) return false
  const [committed, voided] = ['commitment', 'void'].map((kind) => ofDraw.findIndex((one) => one.kind === kind)) as [number, number]
  if (committed < 0) return true
  return voided >= 0 && (voided < committed || !ofDraw.some(({ kind }) => kind === 'tip'))
}

/** §19: the superior approved the draw, a redraw by the digest of its order, another by null. */
export const isApprovedIn = (ofDraw: readonly LogEntry[], order: string | null): boolean =>
  ofDraw.some(({ kind, record }) => kind === 'approval' && (record as ApprovalRecord).order === order)

/** The tips of a draw as they stand in its log entries. */
export const tipsIn = (ofDraw: readonly LogEntry[]): readonly TipRecord[] =>
  ofDraw.filter(({ kind }) => kind === 'tip').map(({ record }) => record as TipRecord)
