import { documents, type Store } from '@dual-random/mongo'
import type { KeyChecks } from '../app/ports.ts'
import type { KeyCheck } from '../domain/key-coverage.ts'

/** Checks of key supervision, one a task. */
export function keyCheckStore(store: Store): KeyChecks {
  const checks = documents<KeyCheck & { readonly id: string }>(store, { collection: 'key_checks', indexes: [{ fields: { planId: 1 } }] })
  return {
    record: async ({ taskId, ...check }) => {
      await checks.insertMissing([{ ...check, id: taskId, completed: false }])
    },
    complete: async (taskId) => {
      await checks.updateWhere({ id: taskId }, { $set: { completed: true } })
    },
    ofPlans: async (planIds) => {
      const found: KeyCheck[] = []
      for await (const { planId, lineId, matterId, mark, completed } of checks.scan({ planId: { $in: [...planIds] } })) {
        found.push({ planId, lineId, matterId, mark, completed })
      }
      return found
    },
  }
}
