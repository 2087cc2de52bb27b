import { regionPrefix } from '@dual-random/kernel'
import { documents, type Filter, type Store } from '@dual-random/mongo'
import type { Assignments } from '../app/assignment-ports.ts'
import type { Assignment } from '../domain/assignment.ts'

type Stored = Omit<Assignment, 'assignmentId'> & { readonly id: string }

export function assignmentStore(store: Store): Assignments {
  const assignments = documents<Stored>(store, {
    collection: 'assignments',
    indexes: [{ fields: { regionCode: 1, year: 1, unitId: 1, planType: 1 } }],
  })
  const all = async (filter: Filter): Promise<readonly Assignment[]> => {
    const found: Assignment[] = []
    for await (const each of assignments.scan(filter)) found.push(assignmentOf(each))
    return found
  }
  return {
    add: async (added) => {
      await assignments.insertMissing(added.map(({ assignmentId, ...assignment }) => ({ id: assignmentId, ...assignment })))
    },
    load: async (assignmentId) => {
      const found = await assignments.get(assignmentId)
      return found === undefined ? undefined : assignmentOf(found)
    },
    ofPlan: ({ regionCode, unitId, year, planType }) => all({ regionCode, year, unitId, planType }),
    all: ({ regionCode, year, unitId }) => {
      const ofUnit = unitId === undefined ? {} : { unitId }
      const filter = { regionCode: { $regex: `^${regionPrefix(regionCode)}` }, year, ...ofUnit }
      return all(filter)
    },
    withdraw: async (assignmentId, withdrawn) => {
      await assignments.updateWhere({ id: assignmentId, withdrawn: { $exists: false } }, { $set: { withdrawn } })
    },
  }
}

const assignmentOf = ({ id, ...assignment }: Stored): Assignment => ({ assignmentId: id, ...assignment })
