import { documents, type Store } from '@dual-random/mongo'
import type { ImportCheckpoint, ImportCheckpoints } from '../app/ports.ts'

/** As long as an idempotency key is known, under which an import is sent again. */
const keptMs = 72 * 3600_000

export function checkpointStore(store: Store): ImportCheckpoints {
  const checkpoints = documents<ImportCheckpoint & { readonly expireAt: Date }>(store, {
    collection: 'import_checkpoints',
    indexes: [{ fields: { expireAt: 1 }, expireAfterSeconds: 0 }],
  })
  return {
    get: (importId) => checkpoints.get(importId),
    put: (checkpoint) => checkpoints.replace({ ...checkpoint, expireAt: new Date(Date.now() + keptMs) }),
    remove: async (importId) => {
      await checkpoints.remove({ id: importId })
    },
  }
}
