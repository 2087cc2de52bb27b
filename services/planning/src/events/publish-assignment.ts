import { events, planTypes } from '@dual-random/contracts'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { AssignmentChange } from '../domain/assignment.ts'

const { planning } = events

/** What is told of a dispatched task (PLN-15): whose it is, what it asks for and when; where it became a line; why it was taken back. */
export function tellAssignment(change: AssignmentChange): NewEvent {
  const { assignmentId, regionCode, unitId } = change.assignment
  const head = { assignmentId, regionCode, unitId }
  switch (change.event) {
    case 'dispatched': {
      const { year, planType, fromRegionCode, fromUnitId, task } = change.assignment
      const { taskName, itemCodes, window, batches = [], times, checkBatches } = task
      return newEvent(planning.assignmentDispatched, {
        ...head,
        year,
        planType: planTypes.toWire(planType),
        fromRegionCode,
        fromUnitId,
        taskName,
        itemCodes: [...itemCodes],
        window: { ...window },
        batches: batches.map((batch) => ({ window: { ...batch.window }, share: { ...batch.share } })),
        ...(times === undefined ? {} : { times }),
        ...(checkBatches === undefined ? {} : { checkBatches }),
      })
    }
    case 'taken-in': {
      const { planId, version, lineId } = change.assignment.takenIn
      return newEvent(planning.assignmentTakenIn, { ...head, planId, planVersion: version, lineId })
    }
    case 'withdrawn':
      return newEvent(planning.assignmentWithdrawn, { ...head, reason: change.assignment.withdrawn.reason })
    default:
      return assertNever(change)
  }
}
