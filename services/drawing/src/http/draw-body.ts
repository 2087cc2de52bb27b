import { purposeName } from '@dual-random/contracts'
import type { RedrawApproval } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { citiesOf } from '../domain/cities.ts'
import { type CommitmentRecord, cameToNothing, type Draw, isDrawn, type TranscriptRecord } from '../domain/draw.ts'
import { isApproved, reasonsOf } from '../domain/redraw.ts'
import { closeAtOf, isAuditMissing } from '../domain/schedule.ts'
import { isOvershoot } from '../domain/strata.ts'
import type { DrawBody, PublicDrawBody } from './schemas.ts'

type Common = Omit<PublicDrawBody, 'commitment' | 'match'>

const commitmentOf = (draw: Draw): CommitmentRecord | undefined => (draw.status === 'FROZEN' ? undefined : draw.commitment)

const shownCommitment = ({ digest, committedAt, roundAt, beacons }: CommitmentRecord) => ({
  digest,
  committedAt,
  roundAt,
  beacons: beacons.map(({ source, round, at }) => ({ source, round, at })),
})

function commonBody(draw: Draw, now: Instant, frozen: readonly Draw[] = []): Common {
  const { drawId, regionCode, unitId, line, attempt, status, policy, snapshot, terms } = draw
  return {
    drawId,
    regionCode,
    unitId,
    ...subjectOf(line),
    year: line.year,
    taskName: line.taskName,
    batch: line.batch.number,
    attempt,
    status,
    asOf: line.batch.freezeAt,
    closeAt: closeAtOf(line.batch.window.end, terms),
    window: line.batch.window,
    policy,
    snapshotDigest: snapshot.digest,
    strata: strataOf(draw),
    ...(wasDrawn(draw) ? { transcript: { digest: draw.transcript.digest, drawn: draw.transcript.drawn } } : {}),
    ...(draw.status === 'CLOSED' ? { closing: shownClosing(draw.closing) } : {}),
    ...(draw.status === 'VOID' ? { voided: { reason: draw.reason } } : {}),
    ...(draw.status === 'FAILED' ? { failed: { ...draw.failure } } : {}),
    ...auditOf(draw, now),
    ...jointOf(draw),
    ...redrawsOf(draw, frozen),
  }
}

/** A failed draw keeps what it published. */
const wasDrawn = (draw: Draw): draw is Draw & { readonly transcript: TranscriptRecord } =>
  isDrawn(draw) || (draw.status === 'FAILED' && draw.transcript !== undefined)

/** The line of a plan that is drawn, or the task on clues with the number and the ids of its clues, which name nobody (DRW-25). */
function subjectOf({ lineDigest, ...line }: Draw['line']): Pick<Common, 'planId' | 'lineId' | 'planVersion' | 'lineDigest' | 'clueTask'> {
  if (line.clueTask === undefined) return { planId: line.planId, lineId: line.lineId, planVersion: line.planVersion, lineDigest }
  const { taskId, clueIds, trigger, form } = line.clueTask
  return { clueTask: { taskId, clueIds: [...clueIds], trigger, form, digest: lineDigest } }
}

/** The cities that draw together with the organiser's, and what each froze; the files of each are had by its code. */
function jointOf({ line, snapshot }: Draw): Pick<Common, 'joint'> {
  if (line.joint === undefined) return {}
  const cities = citiesOf(line).map(({ regionCode, initiatorUnitId }) => {
    const other = snapshot.others?.find((one) => one.regionCode === regionCode)
    return { regionCode, initiatorUnitId, snapshotDigest: (other ?? snapshot).digest }
  })
  return { joint: { merged: line.joint.merged, cities } }
}

/** Who audited a matched draw, and whether somebody should have by now. */
function auditOf(draw: Draw, now: Instant): Pick<Common, 'audit'> {
  if (draw.status !== 'MATCHED' && draw.status !== 'CLOSED') return {}
  const { auditDueAt, audits = [] } = draw
  const done = audits.map(({ unitId, at, findings }) => ({ unitId, at, findings }))
  return { audit: { ...(auditDueAt === undefined ? {} : { dueAt: auditDueAt }), missing: isAuditMissing(draw, now), done } }
}

/** What a draw follows, and what follows it: reasons and approval, never of which object (DRW-30). `frozen` are its redraws, where they were asked for. */
function redrawsOf(draw: Draw, frozen: readonly Draw[]): Pick<Common, 'redraw' | 'redraws'> {
  const { redraw, batch } = draw
  if (redraw !== undefined) {
    const { parentDrawId, purpose, approval } = redraw
    return { redraw: { parentDrawId, number: batch, purpose: purposeName(purpose), approval: shownApproval(approval) } }
  }
  const orders = draw.status === 'MATCHED' || draw.status === 'CLOSED' ? (draw.redraws ?? []).filter(isApproved) : []
  if (orders.length === 0) return {}
  return {
    redraws: orders.map(({ number, regionCode, purpose, approvedAt, unitId, grounds }) => ({
      number,
      ...(regionCode === undefined ? {} : { regionCode }),
      purpose: purposeName(purpose),
      ...shownApproval({ approvedAt, unitId, reasons: reasonsOf(grounds) }),
      ...standingAttempt(frozen, { number, regionCode: regionCode ?? draw.regionCode }),
    })),
  }
}

/** The attempt of a redraw that stands; none before its first freeze, and between one that came to nothing and the next. */
function standingAttempt(
  frozen: readonly Draw[],
  { number, regionCode }: { readonly number: number; readonly regionCode: string },
): { readonly drawId?: string } {
  const standing = frozen.find((draw) => draw.batch === number && draw.regionCode === regionCode && !cameToNothing(draw))
  return standing === undefined ? {} : { drawId: standing.drawId }
}

const shownApproval = ({ approvedAt, unitId, reasons }: RedrawApproval) => ({
  approvedAt,
  unitId,
  reasons: reasons.map(({ reason, count }) => ({ reason, count })),
})

const shownClosing = ({ digest, visited, notVisited }: { digest: string; visited: number; notVisited: number }) => ({
  digest,
  visited,
  notVisited,
})

/** Counts as far as they are fixed: sizes by the snapshot, numbers by S, overshoot once they are drawn. */
function strataOf(draw: Draw): DrawBody['strata'] {
  const commitment = commitmentOf(draw)
  if (commitment === undefined) return draw.snapshot.strata.map(({ stratum, mapped, eligible }) => ({ stratum, mapped, eligible }))
  return commitment.strata.map((one) => ({
    stratum: one.stratum,
    mapped: one.mapped,
    eligible: one.eligible,
    ...(one.rule.kind === 'ratio' ? { ratio: one.rule.ratio } : {}),
    raw: one.raw,
    drawn: one.n,
    ...(isDrawn(draw) ? { overshoot: isOvershoot(one, draw.terms, draw.line) } : {}),
  }))
}

/** A draw as its region's offices read it at an instant. */
export function drawBody(draw: Draw, now: Instant): DrawBody {
  const commitment = commitmentOf(draw)
  const { shortTeamsApprovedBy } = commitment ?? {}
  const { staleSources } = draw.snapshot
  return {
    ...commonBody(draw, now),
    ...(staleSources === undefined ? {} : { staleSources: staleSources.map((each) => ({ ...each })) }),
    commitAt: draw.line.batch.commitAt,
    ...(commitment === undefined
      ? {}
      : {
          commitment: {
            ...shownCommitment(commitment),
            withoutTeam: commitment.withoutTeam,
            ...(shortTeamsApprovedBy === undefined ? {} : { shortTeamsApprovedBy }),
          },
        }),
    ...(draw.status === 'MATCHED' || draw.status === 'CLOSED'
      ? { match: { digest: draw.matching.digest, shortOfTeam: draw.matching.shortOfTeam } }
      : {}),
  }
}

/** The same as anyone reads it. With the redraws of the draw that were frozen, it names the one that stands of each number. */
export function publicDrawBody(draw: Draw, now: Instant, frozen: readonly Draw[] = []): PublicDrawBody {
  const commitment = commitmentOf(draw)
  return {
    ...commonBody(draw, now, frozen),
    ...(commitment === undefined ? {} : { commitment: shownCommitment(commitment) }),
    ...(draw.status === 'MATCHED' || draw.status === 'CLOSED' ? { match: { digest: draw.matching.digest } } : {}),
  }
}
