import { countsBesideParent, events, planTypes, resultTypes } from '@dual-random/contracts'
import { chinaDateOf, instantOf, type LocalDate } from '@dual-random/kernel'
import { decodePayload } from '@dual-random/messaging'
import type { Evolve } from '@dual-random/mongo'
import {
  completeTask,
  type DrawContribution,
  type FollowUpContribution,
  type JointTaskContribution,
  type ObjectionContribution,
  type PlanContribution,
  type PublicationContribution,
  type ResultContribution,
  type TaskContribution,
} from '../domain/contributions.ts'

const { drawing, inspection, joint, planning, publication } = events

/** The China date of an instant that its contract requires. Dates come from what events say, never from when they were sent. */
const dateOf = (instant: string | undefined): LocalDate => chinaDateOf(instantOf(Date.parse(instant ?? '')))

export const evolveTask: Evolve<TaskContribution> = (task, event) => {
  if (event.type === inspection.taskDispatched.type) {
    const { regionCode, unitId, visitId, planType, window } = decodePayload(inspection.taskDispatched, event)
    const windowStart = (window?.start ?? '') as LocalDate
    return { regionCode, unitId, visitId, planType: planTypes.toName(planType) ?? 'INTERNAL', status: 'OPEN', windowStart }
  }
  if (task === undefined) return undefined
  switch (event.type) {
    case inspection.taskMerged.type:
      return { ...task, visitId: decodePayload(inspection.taskMerged, event).visitId }
    case inspection.taskCompleted.type: {
      const { visitId, checkEndedAt, completedAt } = decodePayload(inspection.taskCompleted, event)
      return completeTask(task, { visitId, checkedOn: dateOf(checkEndedAt), completedOn: dateOf(completedAt) })
    }
    // Its object was replaced by a redraw: another task counts in its place (DRW-30).
    case inspection.taskWithdrawn.type:
      return undefined
    case inspection.taskLapsed.type:
      return { ...task, status: 'LAPSED' }
    default:
      return task
  }
}

export const evolveResult: Evolve<ResultContribution> = (result, event) => {
  if (event.type !== inspection.resultRecorded.type) return result
  const { regionCode, unitId, recordedAt, opensFollowUp, resultType } = decodePayload(inspection.resultRecorded, event)
  const awaitsInvestigation = resultTypes.toName(resultType) === 'PENDING_INVESTIGATION'
  return { regionCode, unitId, recordedOn: dateOf(recordedAt), problem: opensFollowUp || awaitsInvestigation, awaitsInvestigation }
}

export const evolveFollowUp: Evolve<FollowUpContribution> = (followUp, event) => {
  if (event.type === inspection.followUpOpened.type) {
    const { resultId, regionCode, unitId } = decodePayload(inspection.followUpOpened, event)
    return { resultId, regionCode, unitId, closed: false }
  }
  return event.type === inspection.followUpClosed.type && followUp !== undefined ? { ...followUp, closed: true } : followUp
}

export const evolvePublication: Evolve<PublicationContribution> = (record, event) => {
  if (event.type === publication.publicationScheduled.type) {
    const { regionCode, unitId, dueDate } = decodePayload(publication.publicationScheduled, event)
    return { regionCode, unitId, dueDate: dueDate as LocalDate, outcome: record?.outcome ?? 'SCHEDULED' }
  }
  if (record === undefined) return undefined
  switch (event.type) {
    // It names the unit that counts as late (PUB-12).
    case publication.publicationOverdue.type:
      return { ...record, unitId: decodePayload(publication.publicationOverdue, event).unitId }
    case publication.publicationPublished.type:
      return { ...record, outcome: decodePayload(publication.publicationPublished, event).onTime ? 'ON_TIME' : 'LATE' }
    case publication.publicationExempted.type:
      return { ...record, outcome: 'EXEMPT' }
    default:
      return record
  }
}

export const evolveDraw: Evolve<DrawContribution> = (draw, event) => {
  if (event.type === drawing.drawFrozen.type) {
    const { regionCode, unitId, asOf, redraw } = decodePayload(drawing.drawFrozen, event)
    if (!countsBesideParent(redraw)) return undefined
    return { regionCode, unitId, frozenOn: dateOf(asOf), drawn: 0 }
  }
  if (draw === undefined) return undefined
  if (event.type === drawing.drawDrawn.type) {
    const { drawn, jointCounts } = decodePayload(drawing.drawDrawn, event)
    const [own, ...others] = jointCounts?.cities ?? []
    if (own === undefined) return { ...draw, drawn }
    return { ...draw, drawn: own.drawn, elsewhere: others.map((city) => ({ regionCode: city.regionCode, drawn: city.drawn })) }
  }
  if (event.type !== drawing.drawVoided.type && event.type !== drawing.drawFailed.type) return draw
  const { elsewhere: _nothing, ...came } = draw
  return { ...came, drawn: 0 }
}

export const evolveJointTask: Evolve<JointTaskContribution> = (task, event) => {
  if (event.type !== joint.jointTaskOpened.type) return task
  const { regionCode, unitId, drawId } = decodePayload(joint.jointTaskOpened, event)
  return { regionCode, unitId, drawId }
}

/** A later version of a plan replaces the one before. */
export const evolvePlan: Evolve<PlanContribution> = (plan, event) => {
  if (event.type !== planning.planPublished.type) return plan
  const { regionCode, unitId, year, planType, lines } = decodePayload(planning.planPublished, event)
  return { regionCode, unitId, year, planType: planTypes.toName(planType) ?? 'INTERNAL', lines: lines.length }
}

export const evolveObjection: Evolve<ObjectionContribution> = (objection, event) => {
  if (event.type === publication.objectionFiled.type) {
    const { regionCode, unitId } = decodePayload(publication.objectionFiled, event)
    return { regionCode, unitId, filedOn: chinaDateOf(event.at), outcome: 'OPEN' }
  }
  if (event.type !== publication.objectionDecided.type || objection === undefined) return objection
  return { ...objection, outcome: decodePayload(publication.objectionDecided, event).outcome === 'UPHELD' ? 'UPHELD' : 'REJECTED' }
}
