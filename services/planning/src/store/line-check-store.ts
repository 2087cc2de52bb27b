import { documents, type Store } from '@dual-random/mongo'
import type { LineChecks } from '../app/ports.ts'
import type { LineCheck } from '../domain/line-check.ts'

/** Checks of lines without a draw, one a task; the collection has the name of those that were kept first. */
export function lineCheckStore(store: Store): LineChecks {
  const checks = documents<LineCheck & { readonly id: string }>(store, { collection: 'key_checks', indexes: [{ fields: { planId: 1 } }] })
  return {
    record: async ({ taskId, ...check }) => {
      await checks.insertMissing([{ ...check, id: taskId, completed: false }])
    },
    complete: async (taskId) => {
      await checks.updateWhere({ id: taskId }, { $set: { completed: true } })
    },
    ofPlans: async (planIds) => {
      const found: LineCheck[] = []
      for await (const { planId, lineId, matterId, mark, completed } of checks.scan({ planId: { $in: [...planIds] } })) {
        found.push({ planId, lineId, ...(matterId === undefined ? {} : { matterId }), mark, completed })
      }
      return found
    },
  }
}
