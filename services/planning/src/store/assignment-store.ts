import { regionPrefix } from '@dual-random/kernel'
import { documents, type Store } from '@dual-random/mongo'
import type { Assignments } from '../app/assignment-ports.ts'
import type { Assignment } from '../domain/assignment.ts'

type Stored = Omit<Assignment, 'assignmentId'> & { readonly id: string }

const mostAtOnce = 5000

export function assignmentStore(store: Store): Assignments {
  const assignments = documents<Stored>(store, {
    collection: 'assignments',
    indexes: [{ fields: { regionCode: 1, year: 1, unitId: 1, planType: 1 } }],
  })
  return {
    add: async (added) => {
      await assignments.insertMissing(added.map(({ assignmentId, ...assignment }) => ({ id: assignmentId, ...assignment })))
    },
    load: async (assignmentId) => {
      const found = await assignments.get(assignmentId)
      return found === undefined ? undefined : assignmentOf(found)
    },
    ofPlan: async ({ regionCode, unitId, year, planType }) =>
      (await assignments.find({ regionCode, year, unitId, planType }, { limit: mostAtOnce })).map(assignmentOf),
    all: async ({ regionCode, year, unitId }) => {
      const ofUnit = unitId === undefined ? {} : { unitId }
      const filter = { regionCode: { $regex: `^${regionPrefix(regionCode)}` }, year, ...ofUnit }
      return (await assignments.find(filter, { limit: mostAtOnce })).map(assignmentOf)
    },
    withdraw: async (assignmentId, withdrawn) => {
      await assignments.updateWhere({ id: assignmentId, withdrawn: { $exists: false } }, { $set: { withdrawn } })
    },
  }
}

const assignmentOf = ({ id, ...assignment }: Stored): Assignment => ({ assignmentId: id, ...assignment })
