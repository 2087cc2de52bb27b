import { documents, type Store } from '@dual-random/mongo'
import type { ImportRun, ImportRuns } from '../app/import-ports.ts'

/** As long as the checkpoint from which the import may go on. */
const keptMs = 72 * 3600_000

/** More than a unit has under way. */
const most = 100

export function importRunStore(store: Store): ImportRuns {
  const runs = documents<ImportRun & { readonly expireAt: Date }>(store, {
    collection: 'import_runs',
    indexes: [{ fields: { expireAt: 1 }, expireAfterSeconds: 0 }, { fields: { unitId: 1, startedAt: 1 } }],
  })
  return {
    get: (importId) => runs.get(importId),
    put: (run) => runs.replace({ ...run, expireAt: new Date(Date.now() + keptMs) }),
    remove: async (importId) => {
      await runs.remove({ id: importId })
    },
    ofUnit: (unitId) => runs.find({ unitId }, { sort: { startedAt: -1, _id: -1 }, limit: most }),
  }
}
