import { type DrawId, tlv } from '@dual-random/kernel'
import { type DrawHash, hexDigest } from './hash.ts'

/** The algorithm's name and version: it enters Z, every ticket, the commitment and the transcript. */
export const algorithm = 'dual-random/draw/v1'

/** What a draw is drawn for: a line of a published plan, or a task opened on named clues (DRW-25). */
export type DrawSubject =
  | { readonly kind: 'plan-line'; readonly planId: string; readonly lineId: string }
  | { readonly kind: 'clue-task'; readonly taskId: string; readonly clueIds: readonly string[] }

/** The parts of a drawId (rule 1). Batch and attempt count from 1. */
export type DrawParts = {
  readonly regionCode: string
  readonly subject: DrawSubject
  readonly batch: number
  readonly attempt: number
}

/** Rule 1: drawId = H(TLV("draw", regionCode, subject, batch, attempt)), in lower-case hex. */
export function deriveDrawId(hash: DrawHash, parts: DrawParts): DrawId {
  const { subject } = parts
  const named = subject.kind === 'plan-line' ? [subject.kind, subject.planId, subject.lineId] : [subject.kind, subject.taskId]
  return hexDigest(hash, tlv('draw', parts.regionCode, named, parts.batch, parts.attempt)) as DrawId
}
