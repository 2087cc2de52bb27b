import { events } from '@dual-random/contracts'
import type { LogEntry } from '@dual-random/draw'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { DrawEvent } from '../domain/commands.ts'
import type { CommitmentRecord, Draw, DrawIn } from '../domain/draw.ts'
import { isOvershoot } from '../domain/strata.ts'

const { drawing } = events

/** What others learn of a draw: ids of draw, plan and unit, counts and digests; never a label, an object or an inspector (DRW-34). */
export function drawEvents(draw: Draw, happened: readonly DrawEvent[]): readonly NewEvent[] {
  return happened.flatMap((event) => contractEvent(draw, event) ?? [])
}

function contractEvent(draw: Draw, event: DrawEvent): NewEvent | undefined {
  const { drawId, regionCode, unitId, line, batch, attempt } = draw
  const scope = { drawId, regionCode, unitId }
  switch (event.type) {
    case 'frozen': {
      const { planId, lineId, planVersion } = line
      return newEvent(drawing.drawFrozen, { ...scope, planId, lineId, planVersion, batch, attempt, asOf: line.batch.freezeAt })
    }
    case 'prepared':
      return undefined
    case 'committed': {
      const { digest, committedAt, roundAt, beacons } = event.commitment
      const last = beacons.find(({ at }) => at === roundAt)
      if (last === undefined) throw new Error(`draw ${drawId} waits for no round`)
      const named = { commitmentDigest: digest, committedAt, beaconSource: last.source, round: BigInt(last.round) }
      return newEvent(drawing.drawCommitted, { ...scope, ...named })
    }
    case 'drawn':
      return newEvent(drawing.drawDrawn, { ...scope, strata: strataOf(draw as DrawIn<'DRAWN'>), drawn: event.transcript.drawn })
    case 'matched': {
      const { transcript } = draw as DrawIn<'MATCHED'>
      const { planId, lineId } = line
      const { shortOfTeam, yearEnterprises } = event.matching
      const counts = { drawn: transcript.drawn, shortOfTeam, transcriptDigest: transcript.digest, yearEnterprises }
      return newEvent(drawing.drawMatched, { ...scope, planId, lineId, batch, ...counts })
    }
    case 'closed':
      return newEvent(drawing.drawClosed, { ...scope, visited: event.closing.visited, notVisited: event.closing.notVisited })
    case 'voided':
      return newEvent(drawing.drawVoided, { ...scope, reason: event.reason })
    default:
      return assertNever(event)
  }
}

const strataOf = ({ commitment, terms }: { readonly commitment: CommitmentRecord; readonly terms: Draw['terms'] }) =>
  commitment.strata.map((stratum) => ({
    stratum: stratum.stratum,
    mapped: stratum.mapped,
    eligible: stratum.eligible,
    drawn: stratum.n,
    overshoot: isOvershoot(stratum, terms),
  }))

export const logAppended = (regionCode: string, { seq, kind, digest, head, drawId }: LogEntry): NewEvent =>
  newEvent(drawing.regionLogAppended, { regionCode, logSeq: seq, kind, digest, head, ...(drawId === null ? {} : { drawId }) })
