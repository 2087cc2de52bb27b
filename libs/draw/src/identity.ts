import { assertNever, type DrawId, type Instant, type TlvItem, tlv } from '@dual-random/kernel'
import { type DrawHash, digestBytes, hexDigest } from './hash.ts'

/** The algorithm's name and version: it enters Z, every ticket, the commitment and the transcript. */
export const algorithm = 'dual-random/draw/v1'

/** What a draw is drawn for: a line of a published plan, a task opened on named clues (DRW-25), or what another draw left open (DRW-30). */
export type DrawSubject =
  | { readonly kind: 'plan-line'; readonly planId: string; readonly lineId: string }
  | { readonly kind: 'clue-task'; readonly taskId: string; readonly clueIds: readonly string[] }
  | RedrawSubject

/**
 * What a draw, and whatever comes of it, keeps of its subject: the line of a plan, or the task on clues in its place. A redraw has its parent's.
 */
export type DrawnFor =
  | { readonly planId: string; readonly lineId: string; readonly clueTask?: never }
  | {
      readonly clueTask: { readonly taskId: string; readonly clueIds: readonly string[] }
      readonly planId?: never
      readonly lineId?: never
    }

/** The same as a record keeps it: the members of one of the two. */
export interface KeptSubject {
  readonly planId?: string
  readonly lineId?: string
  readonly clueTask?: { readonly taskId: string; readonly clueIds: readonly string[] }
}

/** A small draw over the labels of its parent, which is never itself a redraw (rule 12, docs/draw-protocol.md §18). */
export type RedrawSubject = {
  readonly kind: 'redraw'
  readonly parentDrawId: string
  readonly purpose: RedrawPurpose
  /** Labels that leave, or get other inspectors; ascending. */
  readonly labels: readonly string[]
  /** The parent and every redraw of it drawn before, with the digests of their transcripts; ascending. */
  readonly after: readonly { readonly drawId: string; readonly transcript: string }[]
  readonly approval: RedrawApproval
}

export type RedrawPurpose = 'replacement' | 'rematch' | 'escalation'

/** The unit above that approved it, and how often each reason was given. */
export type RedrawApproval = {
  readonly approvedAt: Instant
  readonly unitId: string
  readonly reasons: readonly { readonly reason: string; readonly count: number }[]
}

/** What of a subject enters the drawId. */
type SubjectName =
  | Extract<DrawSubject, { readonly kind: 'plan-line' }>
  | { readonly kind: 'clue-task'; readonly taskId: string }
  | { readonly kind: 'redraw'; readonly parentDrawId: string }

/** The parts of a drawId (rule 1). Batch and attempt count from 1; the batch of a redraw is its number among those of its parent. */
export type DrawParts = {
  readonly regionCode: string
  readonly subject: SubjectName
  readonly batch: number
  readonly attempt: number
}

/** Rule 1: drawId = H(TLV("draw", regionCode, subject, batch, attempt)), in lower-case hex. */
export const deriveDrawId = (hash: DrawHash, { regionCode, subject, batch, attempt }: DrawParts): DrawId =>
  hexDigest(hash, tlv('draw', regionCode, subjectName(subject), batch, attempt)) as DrawId

function subjectName(subject: SubjectName): readonly TlvItem[] {
  switch (subject.kind) {
    case 'plan-line':
      return [subject.kind, subject.planId, subject.lineId]
    case 'clue-task':
      return [subject.kind, subject.taskId]
    case 'redraw':
      return [subject.kind, digestBytes(subject.parentDrawId)]
    default:
      return assertNever(subject)
  }
}
