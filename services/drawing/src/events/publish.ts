import { drawnForFields, events, wirePurpose } from '@dual-random/contracts'
import type { LogEntry } from '@dual-random/draw'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import { otherRegionsOf } from '../domain/cities.ts'
import type { DrawEvent } from '../domain/commands.ts'
import type { Draw, DrawIn, MatchingRecord, TranscriptRecord } from '../domain/draw.ts'
import { reasonsOf } from '../domain/redraw.ts'
import { isOvershoot } from '../domain/strata.ts'
import { redrawRef } from '../redraw-ref.ts'

const { drawing } = events

/** What others learn of a draw: ids of draw, plan and unit, counts and digests; never a label, an object or an inspector (DRW-34). */
export function drawEvents(draw: Draw, happened: readonly DrawEvent[]): readonly NewEvent[] {
  return happened.flatMap((event) => contractEvent(draw, event) ?? [])
}

function contractEvent(draw: Draw, event: DrawEvent): NewEvent | undefined {
  const { drawId, regionCode, line, attempt } = draw
  // The batch of the plan line, also where a redraw counts by itself.
  const batch = line.batch.number
  const scope = { drawId, regionCode, unitId: unitOf(draw) }
  const redraw = redrawRef(draw)
  const subject = drawnForFields(line)
  const joint = line.joint === undefined ? {} : { joint: { regionCodes: [...otherRegionsOf(line)] } }
  switch (event.type) {
    case 'frozen': {
      const { planVersion = 0, batch: of } = line
      return newEvent(drawing.drawFrozen, { ...scope, ...subject, planVersion, batch, attempt, asOf: of.freezeAt, ...redraw, ...joint })
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
      return newEvent(drawing.drawDrawn, {
        ...scope,
        strata: strataOf(draw as DrawIn<'DRAWN'>),
        drawn: event.transcript.drawn,
        ...countsOfCities(draw, event.transcript),
      })
    case 'matched': {
      const { transcript } = draw as DrawIn<'MATCHED'>
      const { shortOfTeam, yearEnterprises } = event.matching
      const counts = { drawn: transcript.drawn, shortOfTeam, transcriptDigest: transcript.digest, yearEnterprises }
      const cities = countsOfCities(draw, transcript, [{ regionCode, ...event.matching }, ...(event.matching.elsewhere ?? [])])
      return newEvent(drawing.drawMatched, { ...scope, ...subject, batch, ...counts, ...redraw, ...joint, ...cities })
    }
    case 'closed':
      return newEvent(drawing.drawClosed, { ...scope, visited: event.closing.visited, notVisited: event.closing.notVisited })
    case 'audited': {
      const { unitId: auditedByUnitId, findings } = event.audit
      return newEvent(drawing.drawAudited, { ...scope, auditedByUnitId, findings })
    }
    case 'voided':
      return newEvent(drawing.drawVoided, { ...scope, reason: event.reason })
    case 'failed': {
      const { reason, unitId: declaredByUnitId } = event.failure
      return newEvent(drawing.drawFailed, { ...scope, reason, declaredByUnitId })
    }
    case 'redraw-proposed':
    case 'redraw-changed': {
      const { order, purpose, grounds } = event.order
      return newEvent(drawing.redrawProposed, { ...scope, order, purpose: wirePurpose(purpose), reasons: [...reasonsOf(grounds)] })
    }
    case 'redraw-approved': {
      const { order, number, unitId: approvedByUnitId } = event.order
      return newEvent(drawing.redrawApproved, { ...scope, order, number, approvedByUnitId })
    }
    case 'redraw-rejected':
      return newEvent(drawing.redrawRejected, { ...scope, order: event.order.order, reason: event.order.reason })
    default:
      return assertNever(event)
  }
}

/** Whose draw it is: after a draw of several cities a redraw is that of the unit that initiates in its city, which need not be who organised it. */
const unitOf = ({ unitId, line, redraw }: Draw) => (redraw?.organiserRegionCode === undefined ? unitId : line.initiatorUnitId)

/** What was drawn of each city, and once it is counted of its year: where several draw together, and of the one that draws again after such a draw. */
function countsOfCities({ regionCode: own, redraw }: Draw, transcript: TranscriptRecord, years: readonly CityYear[] = []) {
  const again = redraw?.organiserRegionCode === undefined ? undefined : [{ regionCode: own, drawn: transcript.drawn }]
  const counted = transcript.ofCities?.map(({ regionCode, labels }) => ({ regionCode, drawn: labels.length })) ?? again
  if (counted === undefined) return {}
  const cities = counted.map(({ regionCode, drawn }) => {
    const { yearEnterprises } = years.find((one) => one.regionCode === regionCode) ?? {}
    return { regionCode, drawn, ...(yearEnterprises === undefined ? {} : { yearEnterprises }) }
  })
  return { jointCounts: { cities } }
}

type CityYear = { readonly regionCode: string } & Pick<MatchingRecord, 'yearEnterprises'>

const strataOf = (draw: DrawIn<'DRAWN'>) =>
  draw.commitment.strata.map((stratum) => ({
    stratum: stratum.stratum,
    mapped: stratum.mapped,
    eligible: stratum.eligible,
    drawn: stratum.n,
    overshoot: isOvershoot(stratum, draw.terms, draw.line),
  }))

export const logAppended = (regionCode: string, { seq, kind, digest, head, drawId }: LogEntry): NewEvent =>
  newEvent(drawing.regionLogAppended, { regionCode, logSeq: seq, kind, digest, head, ...(drawId === null ? {} : { drawId }) })
