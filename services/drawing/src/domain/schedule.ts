import { addDays, addMs, epochMsOf, type Instant, type LocalDate, startOfChinaDate } from '@dual-random/kernel'
import { failableAfterSeconds } from '@dual-random/witness'
import type { Audit, MatchingRecord } from './draw.ts'
import type { DrawTerms } from './terms.ts'

/** Registry takes snapshots that lie at least this long in the past (design §5). */
export const settleMs = 5000

export const freezableAt = (freezeAt: Instant): Instant => addMs(freezeAt, settleMs)

/** How long secrets are waited for: not at all where no unit gave a tip. */
export const revealWindow = ({ revealWindowSeconds }: Pick<DrawTerms, 'revealWindowSeconds'>, tips: number): number =>
  tips === 0 ? 0 : revealWindowSeconds

/** From committedAt to the first instant a round may bear (rule 7: reveal window and two margins). */
export const delaySeconds = (terms: Pick<DrawTerms, 'marginSeconds' | 'revealWindowSeconds'>, tips: number): number =>
  revealWindow(terms, tips) + 2 * terms.marginSeconds

/**
 * What a commitment made now bears: the schedule's commitAt, or the last whole margin after it that has been reached. So every
 * instant in S comes from the schedule, and the round lies at least one margin ahead however late the commitment is.
 * Undefined before commitAt.
 */
export function committedAtOf(commitAt: Instant, now: Instant, { marginSeconds }: DrawTerms): Instant | undefined {
  const lateMs = epochMsOf(now) - epochMsOf(commitAt)
  if (lateMs < 0) return undefined
  const marginMs = 1000 * marginSeconds
  return addMs(commitAt, Math.floor(lateMs / marginMs) * marginMs)
}

/** The last instant at which a commitment may be entered, and by which it and a void of it are witnessed (rule 5): a margin before the first of its rounds. */
export function entryDeadline(
  { beacons }: { readonly beacons: readonly { readonly at: Instant }[] },
  { marginSeconds }: Pick<DrawTerms, 'marginSeconds'>,
): Instant {
  const [first, ...others] = beacons.map(({ at }) => at)
  if (first === undefined) throw new Error('S names no beacon')
  return addMs(
    others.reduce((earliest, at) => (at < earliest ? at : earliest), first),
    -1000 * marginSeconds,
  )
}

/**
 * The last instant at which a void of a committed draw may be entered (rule 14): a quarter of the margin before the deadline, in which its witnesses are
 * asked, again and again where one does not answer. Of one that some held in time and some too late nobody could say whether it counts (§15).
 */
export const lastVoidAt = (commitment: Parameters<typeof entryDeadline>[0], terms: Pick<DrawTerms, 'marginSeconds'>): Instant =>
  addMs(entryDeadline(commitment, terms), -250 * terms.marginSeconds)

/** When a draw closes by itself: the first instant after the window's end and the policy's days (rule 14). */
export const closeAtOf = (windowEnd: LocalDate, { closeAfterDays }: DrawTerms): Instant =>
  startOfChinaDate(addDays(windowEnd, closeAfterDays + 1))

/** Until when an audit is due (rule 10): the policy's days after the match entered the log; undefined where either is not known. */
export const auditDueAtOf = (
  { matchedAt }: Pick<MatchingRecord, 'matchedAt'>,
  { auditDueDays }: Pick<DrawTerms, 'auditDueDays'>,
): Instant | undefined => (matchedAt === undefined || auditDueDays === undefined ? undefined : addMs(matchedAt, auditDueDays * 86_400_000))

/** From when the superior may say that a draw failed (rule 7): 7 days after the last of its rounds. */
export const failableAtOf = ({ roundAt }: { readonly roundAt: Instant }): Instant => addMs(roundAt, 1000 * failableAfterSeconds)

/** Whether an audit that is due has not been given by now. */
export const isAuditMissing = (
  { auditDueAt, audits = [] }: { readonly auditDueAt?: Instant; readonly audits?: readonly Audit[] },
  now: Instant,
): boolean => auditDueAt !== undefined && now > auditDueAt && audits.length === 0

/** Whether a snapshot is older than policy lets it be at a commitment (DRW-33). */
export const isStale = (asOf: Instant, now: Instant, { snapshotMaxAgeDays }: DrawTerms): boolean =>
  snapshotMaxAgeDays !== undefined && epochMsOf(now) > epochMsOf(asOf) + snapshotMaxAgeDays * 86_400_000
