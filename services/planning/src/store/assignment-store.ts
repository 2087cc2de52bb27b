import { regionPrefix } from '@dual-random/kernel'
import { aggregates, type Filter, type NewEvent, type Store } from '@dual-random/mongo'
import type { Assignments } from '../app/assignment-ports.ts'
import type { Assignment, AssignmentChange } from '../domain/assignment.ts'
import type { Publishing } from './plan-store.ts'

/** An assignment and what is told of it are one document: nothing is dispatched, taken in or withdrawn that is not told. */
export function assignmentStore(store: Store, { relay, clock }: Publishing, tell: (change: AssignmentChange) => NewEvent): Assignments {
  const assignments = aggregates<Assignment>(store, {
    collection: 'assignments',
    service: 'planning',
    relay,
    clock,
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1, 'state.year': 1, 'state.unitId': 1, 'state.planType': 1 } }],
  })
  const all = async (filter: Filter): Promise<readonly Assignment[]> => {
    const found: Assignment[] = []
    for await (const { state } of assignments.scan(filter)) found.push(state)
    return found
  }
  const change = async (assignmentId: string, changed: (current: Assignment) => AssignmentChange | undefined): Promise<void> => {
    await assignments.update(assignmentId, (current) => {
      const happened = current === undefined ? undefined : changed(current.state)
      return happened === undefined ? undefined : { state: happened.assignment, events: [tell(happened)] }
    })
  }
  return {
    add: async (added) => {
      await assignments.saveMany(
        added.map((assignment) => ({
          id: assignment.assignmentId,
          state: assignment,
          events: [tell({ event: 'dispatched', assignment })],
        })),
      )
    },
    load: async (assignmentId) => (await assignments.load(assignmentId))?.state,
    ofPlan: ({ regionCode, unitId, year, planType }) =>
      all({ 'state.regionCode': regionCode, 'state.year': year, 'state.unitId': unitId, 'state.planType': planType }),
    all: ({ regionCode, year, unitId }) => {
      const ofUnit = unitId === undefined ? {} : { 'state.unitId': unitId }
      return all({ 'state.regionCode': { $regex: `^${regionPrefix(regionCode)}` }, 'state.year': year, ...ofUnit })
    },
    takeIn: (assignmentId, takenIn) =>
      change(assignmentId, (assignment) =>
        assignment.takenIn === undefined ? { event: 'taken-in', assignment: { ...assignment, takenIn } } : undefined,
      ),
    withdraw: (assignmentId, withdrawn) =>
      change(assignmentId, (assignment) =>
        assignment.withdrawn === undefined ? { event: 'withdrawn', assignment: { ...assignment, withdrawn } } : undefined,
      ),
  }
}
