import { events, objectKinds, planTypes } from '@dual-random/contracts'
import { assertNever } from '@dual-random/kernel'
import { type NewEvent, newEvent } from '@dual-random/mongo'
import type { AssignmentChange, DrawnTask } from '../domain/assignment.ts'
import type { Applicability } from '../domain/line-input.ts'
import type { UndrawnTask } from '../domain/undrawn-task.ts'

const { planning } = events

/** What is told of a dispatched task (PLN-15): whose it is, what it asks for and when; where it became a line; why it was taken back. */
export function tellAssignment(change: AssignmentChange): NewEvent {
  const { assignmentId, regionCode, unitId } = change.assignment
  const head = { assignmentId, regionCode, unitId }
  switch (change.event) {
    case 'dispatched': {
      const { year, planType, fromRegionCode, fromUnitId, task } = change.assignment
      const { taskName, objectScope, itemCodes, window } = task
      return newEvent(planning.assignmentDispatched, {
        ...head,
        year,
        planType: planTypes.toWire(planType),
        fromRegionCode,
        fromUnitId,
        taskName,
        itemCodes: [...itemCodes],
        window: { ...window },
        ...(objectScope === undefined ? {} : { objectScope }),
        ...(task.kind === undefined ? drawnTerms(task) : { batches: [], undrawn: undrawnTerms(task) }),
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

const objectsMessage = ({ kinds, industryPrefixes, tags }: Applicability) => ({
  kinds: objectKinds.all.filter((kind) => kinds.includes(kind)).map((kind) => objectKinds.toWire(kind)),
  industryPrefixes: [...industryPrefixes],
  tags: [...tags],
})

const drawnTerms = ({ scope, batches = [], times, checkBatches }: DrawnTask) => ({
  ...(scope === undefined ? {} : { scope: { ...objectsMessage(scope), regionCodes: [...scope.regionCodes] } }),
  batches: batches.map((batch) => ({ window: { ...batch.window }, share: { ...batch.share } })),
  ...(times === undefined ? {} : { times }),
  ...(checkBatches === undefined ? {} : { checkBatches }),
})

function undrawnTerms(task: UndrawnTask) {
  const { kind, field, objects, jointException } = task
  return {
    kind,
    field,
    objects: objectsMessage(objects),
    ...(jointException === undefined ? {} : { jointException: { ...jointException } }),
    ...(task.kind === 'KEY_SUPERVISION'
      ? { matter: { ...task.matter, stages: [...task.matter.stages] } }
      : {
          ...(task.basis === undefined ? {} : { basis: task.basis }),
          ...(task.problem === undefined ? {} : { problem: { ...task.problem } }),
        }),
  }
}
