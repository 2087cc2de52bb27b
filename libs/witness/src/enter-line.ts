import { hexDigest, type LogEntry, tipOf } from '@dual-random/draw'
import { err, type Instant, ok, type Result, utf8 } from '@dual-random/kernel'
import { deadlineOf } from './deadline.ts'
import { type DrawRecord, emptyDraw, neededBefore, onlyOnce } from './draw-record.ts'
import type { LogCopyOptions } from './log-copy.ts'
import type { Stage, State } from './log-state.ts'
import { type LogRecordOf, type RevealRecord, readRecord, recordDigest, type TipRecord } from './records.ts'
import type { WitnessRefusal } from './refusal.ts'
import { parseWitnessedCommitment } from './witnessed-commitment.ts'

type Judged = Result<DrawRecord, WitnessRefusal>

/** Judges a line, whose link and signature hold, by what the log says of its draw, and remembers it in the stage. */
export function enterLine(
  options: LogCopyOptions,
  stage: Stage,
  line: LogEntry,
  commitments: ReadonlyMap<string, string>,
): WitnessRefusal | undefined {
  const { seq, kind, drawId, digest } = line
  if (kind === 'genesis') return undefined
  const read = readRecord(kind, line.record)
  if (!read.ok) return { code: 'broken-log', seq, part: 'record', pointer: read.error.pointer }
  const record = read.value
  if (record !== undefined && digest !== recordDigest(options.hash, record.record)) {
    return { code: 'broken-log', seq, part: 'digest', pointer: '/digest' }
  }
  if (record?.kind === 'key') return enterKey(stage, seq, drawId, record)
  if (drawId === null) return { code: 'broken-log', seq, part: 'record', pointer: '/drawId' }
  if (record !== undefined && record.record.drawId !== drawId) return { code: 'broken-log', seq, part: 'record', pointer: '/record/drawId' }
  const draw = stage.draws.get(drawId) ?? emptyDraw
  if (onlyOnce.has(kind) && draw.kinds.has(kind)) return { code: 'second-entry', seq, kind }
  const needs = neededBefore[kind]
  if (needs !== undefined && !draw.kinds.has(needs)) return { code: 'out-of-order', seq, kind, needs }
  const judged = judge(options, stage, draw, line, record, commitments)
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

function judge(
  options: LogCopyOptions,
  stage: Stage,
  draw: DrawRecord,
  line: LogEntry,
  record: LogRecordOf | undefined,
  commitments: ReadonlyMap<string, string>,
): Judged {
  if (record?.kind === 'tip') return judgeTip(stage, draw, line, record.record)
  if (record?.kind === 'reveal') return judgeReveal(options, stage, draw, line, record.record)
  if (line.kind === 'snapshot') return ok({ ...draw, snapshotDigest: line.digest })
  return line.kind === 'commitment' ? judgeCommitment(options, stage, draw, line, commitments.get(line.digest)) : ok(draw)
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

function judgeCommitment(
  { hash, keys }: LogCopyOptions,
  { genesis }: Stage,
  draw: DrawRecord,
  { seq, drawId, digest }: LogEntry,
  text: string | undefined,
): Judged {
  const wrong = (pointer: string): Judged => err({ code: 'wrong-commitment', seq, pointer })
  if (text === undefined || hexDigest(hash, utf8(text)) !== digest) return wrong('')
  const read = parseWitnessedCommitment(text)
  if (!read.ok) return wrong(read.error.pointer)
  const commitment = read.value
  if (commitment.hash !== genesis.hash) return wrong('/hash')
  if (commitment.regionCode !== genesis.regionCode) return wrong('/regionCode')
  if (commitment.drawId !== drawId) return wrong('/drawId')
  if (commitment.witnesses.count !== keys.witnesses.length) return wrong('/witnesses/count')
  if (commitment.witnesses.quorum !== keys.quorum) return wrong('/witnesses/quorum')
  if (recordDigest(hash, commitment.snapshot) !== draw.snapshotDigest) return wrong('/snapshot')
  const hasTips = commitment.tips.length === draw.tips.size && commitment.tips.every(({ unitId, tip }) => draw.tips.get(unitId) === tip)
  return hasTips ? ok({ ...draw, commitment: { digest, deadline: deadlineOf(commitment) } }) : wrong('/tips')
}
