import { documents, type Store } from '@dual-random/mongo'
import type { MadeChecks } from '../app/ports.ts'
import type { MadeCheck } from '../domain/last-check.ts'

/** The check under the id of its result. */
type Stored = Omit<MadeCheck, 'resultId'> & { readonly id: string }

export function madeCheckStore(store: Store): MadeChecks {
  const checks = documents<Stored>(store, { collection: 'made_checks', indexes: [{ fields: { objectId: 1, knownAt: 1 } }] })
  return {
    insert: async ({ resultId, ...check }) => {
      await checks.insertMissing([{ id: resultId, ...check }])
    },
    ofObjects: async (objectIds, heardBy) => {
      const found = new Map<string, MadeCheck[]>()
      const heard = { objectId: { $in: objectIds }, knownAt: { $lte: heardBy } }
      for await (const { id, ...check } of checks.scan(heard, { sort: { objectId: 1, knownAt: 1 } })) {
        found.set(check.objectId, [...(found.get(check.objectId) ?? []), { resultId: id, ...check }])
      }
      return found
    },
  }
}
