import { type CommitmentRecord, type Draw, isDrawn } from '../domain/draw.ts'
import { closeAtOf } from '../domain/schedule.ts'
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

function commonBody(draw: Draw): Common {
  const { drawId, regionCode, unitId, line, batch, attempt, status, policy, snapshot, terms } = draw
  return {
    drawId,
    regionCode,
    unitId,
    planId: line.planId,
    lineId: line.lineId,
    planVersion: line.planVersion,
    year: line.year,
    taskName: line.taskName,
    batch,
    attempt,
    status,
    asOf: line.batch.freezeAt,
    closeAt: closeAtOf(line.batch.window.end, terms),
    window: line.batch.window,
    policy,
    lineDigest: line.lineDigest,
    snapshotDigest: snapshot.digest,
    strata: strataOf(draw),
    ...(isDrawn(draw) ? { transcript: { digest: draw.transcript.digest, drawn: draw.transcript.drawn } } : {}),
    ...(draw.status === 'CLOSED' ? { closing: shownClosing(draw.closing) } : {}),
    ...(draw.status === 'VOID' ? { voided: { reason: draw.reason } } : {}),
  }
}

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
    ...(isDrawn(draw) ? { overshoot: isOvershoot(one, draw.terms) } : {}),
  }))
}

export function drawBody(draw: Draw): DrawBody {
  const commitment = commitmentOf(draw)
  const { shortTeamsApprovedBy } = commitment ?? {}
  const { staleSources } = draw.snapshot
  return {
    ...commonBody(draw),
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

export function publicDrawBody(draw: Draw): PublicDrawBody {
  const commitment = commitmentOf(draw)
  return {
    ...commonBody(draw),
    ...(commitment === undefined ? {} : { commitment: shownCommitment(commitment) }),
    ...(draw.status === 'MATCHED' || draw.status === 'CLOSED' ? { match: { digest: draw.matching.digest } } : {}),
  }
}
