import { deriveDrawId, hexDigest, type LogEntry, orderedBy, tipOf } from '@dual-random/draw'
import { canonicalJson, epochMsOf, err, type Instant, instantOf, ok, type Result, utf8 } from '@dual-random/kernel'
import { deadlineOf, failableMsOf, lastInstantMs } from './deadline.ts'
import { type DrawRecord, emptyDraw, failureFault, neededBefore, onlyOnce } from './draw-record.ts'
import { leastMarginOf } from './keys-file.ts'
import type { LogCopyOptions } from './log-copy.ts'
import type { Stage, State } from './log-state.ts'
import { isDrawnBefore, misplacedIn, unendedBefore } from './place-in-log.ts'
import {
  type ApprovalRecord,
  type AuditedRecord,
  type FailedRecord,
  type LogRecordOf,
  type NumbersRecord,
  type RevealRecord,
  readRecord,
  recordDigest,
  type TipRecord,
} from './records.ts'
import type { WitnessRefusal } from './refusal.ts'
import { parseWitnessedCommitment, partIn } from './witnessed-commitment.ts'

type Judged = Result<DrawRecord, WitnessRefusal>

/** What comes with a line: the text of S by its digest, and when the line was first held. */
export interface Beside {
  readonly commitments: ReadonlyMap<string, string>
  readonly heldAt: () => Instant | undefined
  /** It was judged when it first came: margin and approval may have been asked for otherwise then. */
  readonly isHeld: boolean
}

/** Judges a line, whose link and signature hold, by what the log says of its draw, and remembers it in the stage. */
export function enterLine(options: LogCopyOptions, stage: Stage, line: LogEntry, beside: Beside): WitnessRefusal | undefined {
  const { seq, kind, drawId, digest } = line
  if (kind === 'genesis') return undefined
  const read = readRecord(kind, line.record)
  if (!read.ok) return { code: 'broken-log', seq, part: 'record', pointer: read.error.pointer }
  const record = read.value
  if (record !== undefined && digest !== recordDigest(options.hash, record.record)) {
    return { code: 'broken-log', seq, part: 'digest', pointer: '/digest' }
  }
  if (record?.kind === 'key') return enterKey(stage, seq, drawId, record)
  if (record?.kind === 'definition') return enterDefinition(stage, line, record.record.source)
  if (drawId === null) return { code: 'broken-log', seq, part: 'record', pointer: '/drawId' }
  if (record !== undefined && record.record.drawId !== drawId) return { code: 'broken-log', seq, part: 'record', pointer: '/record/drawId' }
  const draw = stage.draws.get(drawId) ?? emptyDraw
  if (onlyOnce.has(kind) && draw.kinds.has(kind)) return { code: 'second-entry', seq, kind }
  const needs = neededBefore[kind]
  if (needs !== undefined && !draw.kinds.has(needs)) return { code: 'out-of-order', seq, kind, needs }
  if (draw.failed !== undefined) return { code: 'after-failed', seq, kind }
  const judged = judge(options, stage, draw, line, record, beside)
  if (!judged.ok) return judged.error
  stage.draws.set(drawId, { ...judged.value, kinds: new Set([...draw.kinds, kind]) })
  return undefined
}

export type RoundTooNear = Extract<WitnessRefusal, { readonly code: 'round-too-near' }>

/** Every S among the lines whose deadline has passed and that the lines do not void: the log can go on without it, the draw cannot. */
export function lateCommitments({ draws }: State, lines: readonly LogEntry[], now: Instant): readonly RoundTooNear[] {
  return lines.flatMap(({ kind, drawId, seq }): readonly RoundTooNear[] => {
    const draw = kind === 'commitment' && drawId !== null ? draws.get(drawId) : undefined
    const deadline = draw?.commitment?.deadline
    const isLate = deadline !== undefined && deadline < now && draw?.kinds.has('void') === false
    return isLate ? [{ code: 'round-too-near', seq, deadline }] : []
  })
}

export type FailedTooEarly = Extract<WitnessRefusal, { readonly code: 'failed-too-early' }>

/** The first line that says of a draw that it failed less than 7 days after its last round (§24). */
export function earlyFailure({ draws }: State, lines: readonly LogEntry[], now: Instant): FailedTooEarly | undefined {
  for (const { kind, drawId, seq } of lines) {
    const from = kind === 'failed' && drawId !== null ? draws.get(drawId)?.commitment?.failableMs : undefined
    if (from === undefined || from <= BigInt(epochMsOf(now))) continue
    return { code: 'failed-too-early', seq, at: instantOf(Number(from > lastInstantMs ? lastInstantMs : from)) }
  }
  return undefined
}

function enterKey(
  { keys }: Stage,
  seq: number,
  drawId: string | null,
  { record: { keyId, publicKey, role, unitId } }: LogRecordOf & { readonly kind: 'key' },
): WitnessRefusal | undefined {
  if (drawId !== null) return { code: 'broken-log', seq, part: 'record', pointer: '/drawId' }
  if (keys.has(keyId) || [...keys.values()].some((key) => key.publicKey === publicKey)) return { code: 'key-taken', seq, keyId }
  keys.set(keyId, { publicKey, role, unitId })
  return undefined
}

function enterDefinition({ definitions }: Stage, { seq, drawId, digest }: LogEntry, source: string): WitnessRefusal | undefined {
  if (drawId !== null) return { code: 'broken-log', seq, part: 'record', pointer: '/drawId' }
  if (definitions.has(digest)) return { code: 'definition-taken', seq }
  definitions.set(digest, source)
  return undefined
}

function judge(
  options: LogCopyOptions,
  stage: Stage,
  draw: DrawRecord,
  line: LogEntry,
  record: LogRecordOf | undefined,
  beside: Beside,
): Judged {
  if (record?.kind === 'tip') return judgeTip(stage, draw, line, record.record)
  if (record?.kind === 'reveal') return judgeReveal(options, stage, draw, line, record.record)
  if (record?.kind === 'numbers') return judgeNumbers(stage, draw, line, record.record)
  if (record?.kind === 'approval') return judgeApproval(stage, draw, line, record.record)
  if (record?.kind === 'audited') return judgeAudited(stage, draw, line, record.record)
  if (record?.kind === 'failed') return judgeFailed(stage, draw, line, record.record)
  const { kind, seq, digest } = line
  const next = kind === 'transcript' && !beside.isHeld ? draw.commitment?.next : undefined
  if (next !== undefined && stage.draws.get(next)?.snapshot !== undefined) return err({ code: 'after-next-attempt', seq })
  if (kind === 'snapshot' || kind === 'transcript' || kind === 'match') return ok({ ...draw, [kind]: { seq, digest } })
  if (kind === 'void') return ok({ ...draw, void: { seq, heldAt: beside.heldAt() } })
  return kind === 'commitment' ? judgeCommitment(options, stage, draw, line, beside) : ok(draw)
}

function judgeTip({ keys }: Stage, draw: DrawRecord, { seq, kind, keyId }: LogEntry, { unitId, tip }: TipRecord): Judged {
  if (keys.get(keyId)?.unitId !== unitId) return err({ code: 'unknown-key', seq, keyId })
  if (draw.tips.has(unitId) || draw.kinds.has('commitment')) return err({ code: 'second-entry', seq, kind })
  return ok({ ...draw, tips: new Map([...draw.tips, [unitId, tip]]) })
}

function judgeReveal(
  { hash }: LogCopyOptions,
  { keys }: Stage,
  draw: DrawRecord,
  { seq, kind, keyId }: LogEntry,
  reveal: RevealRecord,
): Judged {
  const { unitId, commitment, drawId } = reveal
  if (keys.get(keyId)?.unitId !== unitId) return err({ code: 'unknown-key', seq, keyId })
  if (commitment !== draw.commitment?.digest) return err({ code: 'bad-reveal', seq, pointer: '/record/commitment' })
  if (tipOf(hash, drawId, reveal) !== draw.tips.get(unitId)) return err({ code: 'bad-reveal', seq, pointer: '/record/secret' })
  if (draw.revealed.has(unitId)) return err({ code: 'second-entry', seq, kind })
  return ok({ ...draw, revealed: new Set([...draw.revealed, unitId]) })
}

/** §9a: of each source two entries, of two units, before the draw, and equal. */
function judgeNumbers({ keys }: Stage, draw: DrawRecord, { seq, kind, keyId }: LogEntry, numbers: NumbersRecord): Judged {
  const { unitId, commitment, source, series } = numbers
  const bad = (pointer: string): Judged => err({ code: 'bad-numbers', seq, pointer })
  if (keys.get(keyId)?.unitId !== unitId) return err({ code: 'unknown-key', seq, keyId })
  if (commitment !== draw.commitment?.digest) return bad('/record/commitment')
  if (!draw.commitment.sources.includes(source)) return bad('/record/source')
  if (draw.kinds.has('transcript')) return bad('/kind')
  const [first, second] = draw.numbers.filter((one) => one.source === source)
  if (second !== undefined || first?.unitId === unitId) return err({ code: 'second-entry', seq, kind })
  if (first !== undefined && canonicalJson(first.series) !== canonicalJson(series)) return bad('/record/series')
  return ok({ ...draw, numbers: [...draw.numbers, numbers] })
}

function judgeApproval({ keys }: Stage, draw: DrawRecord, { seq, kind, keyId }: LogEntry, { unitId, order }: ApprovalRecord): Judged {
  if (keys.get(keyId)?.unitId !== unitId) return err({ code: 'unknown-key', seq, keyId })
  if (draw.kinds.has('commitment')) return err({ code: 'second-entry', seq, kind })
  return ok({ ...draw, approved: new Set([...draw.approved, order]) })
}

function judgeAudited({ keys }: Stage, draw: DrawRecord, { seq, kind, keyId }: LogEntry, { unitId, match }: AuditedRecord): Judged {
  if (keys.get(keyId)?.unitId !== unitId) return err({ code: 'unknown-key', seq, keyId })
  if (match !== draw.match?.digest) return err({ code: 'bad-audit', seq, pointer: '/record/match' })
  if (unitId === draw.commitment?.organiserUnitId) return err({ code: 'bad-audit', seq, pointer: '/record/unitId' })
  if (draw.audited.has(unitId)) return err({ code: 'second-entry', seq, kind })
  return ok({ ...draw, audited: new Set([...draw.audited, unitId]) })
}

function judgeFailed({ keys }: Stage, draw: DrawRecord, { seq, kind, digest, keyId }: LogEntry, { unitId, reason }: FailedRecord): Judged {
  if (keys.get(keyId)?.unitId !== unitId) return err({ code: 'unknown-key', seq, keyId })
  const fault = failureFault(reason, draw.kinds)
  if (fault === 'no-void') return err({ code: 'out-of-order', seq, kind, needs: 'void' })
  if (fault === 'too-late') return err({ code: 'failed-too-late', seq, reason })
  return ok({ ...draw, failed: { seq, digest } })
}

function judgeCommitment(
  { hash, keys }: LogCopyOptions,
  { genesis, definitions, draws, voidsNeeded }: Stage,
  draw: DrawRecord,
  { seq, drawId, digest }: LogEntry,
  { commitments, isHeld }: Beside,
): Judged {
  const text = commitments.get(digest)
  const wrong = (pointer: string): Judged => err({ code: 'wrong-commitment', seq, pointer })
  if (text === undefined || hexDigest(hash, utf8(text)) !== digest) return wrong('')
  const read = parseWitnessedCommitment(text)
  if (!read.ok) return wrong(read.error.pointer)
  const commitment = read.value
  if (commitment.hash !== genesis.hash) return wrong('/hash')
  const part = partIn(commitment, genesis.regionCode)
  if (part === undefined) return wrong('/regionCode')
  if (commitment.joint !== undefined && commitment.subject.kind === 'redraw') return wrong('/joint')
  if (!isHeld && commitment.joint?.parts.length === 0) return wrong('/joint/parts')
  if (commitment.drawId !== drawId || deriveDrawId(hash, commitment) !== drawId) return wrong('/drawId')
  if (part.witnesses.count !== keys.witnesses.length) return wrong(`${part.at}/witnesses/count`)
  if (part.witnesses.quorum !== keys.quorum) return wrong(`${part.at}/witnesses/quorum`)
  if (!isHeld && commitment.marginSeconds < leastMarginOf(keys)) return wrong('/marginSeconds')
  if (recordDigest(hash, part.snapshot) !== draw.snapshot?.digest) return wrong(`${part.at}/snapshot`)
  const remembered = {
    seq,
    digest,
    deadline: deadlineOf(commitment),
    failableMs: failableMsOf(commitment),
    organiserUnitId: commitment.organiserUnitId,
    sources: [],
  }
  // Tips, attempts and approvals are the organiser's log's; the others have what is drawn (§23).
  if (part.at !== '') return isDrawnBefore(hash, draws, draw, commitment) ? wrong('/attempt') : ok({ ...draw, commitment: remembered })
  const hasTips = commitment.tips.length === draw.tips.size && commitment.tips.every(({ unitId, tip }) => draw.tips.get(unitId) === tip)
  if (!hasTips) return wrong('/tips')
  const sources: string[] = []
  for (const [index, beacon] of commitment.beacons.entries()) {
    if (!('notBefore' in beacon)) continue
    if (definitions.get(beacon.definition) !== beacon.source) return wrong(`/beacons/${index}/definition`)
    sources.push(beacon.source)
  }
  const misplaced = misplacedIn(hash, draws, draw, commitment)
  if (misplaced !== undefined) return wrong(misplaced)
  if (!isHeld && !draw.approved.has(orderedBy(hash, commitment))) {
    const unended = unendedBefore(hash, draws, commitment)
    if (unended === 'some' || commitment.subject.kind === 'redraw') return err({ code: 'not-approved', seq })
    voidsNeeded.push(...unended.map((one) => ({ seq, ...one })))
  }
  const next = deriveDrawId(hash, { ...commitment, attempt: commitment.attempt + 1 })
  return ok({ ...draw, commitment: { ...remembered, sources, next } })
}
