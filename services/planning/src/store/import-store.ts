import { aggregates, type Store } from '@dual-random/mongo'
import type { Imports } from '../app/ports.ts'
import type { PlanImport } from '../domain/import/plan-import.ts'
import type { Publishing } from './plan-store.ts'

export function importStore(store: Store, { relay, clock }: Publishing): Imports {
  const imports = aggregates<PlanImport>(store, {
    collection: 'plan-imports',
    service: 'planning',
    relay,
    clock,
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.planId': 1, _id: 1 } }],
  })
  return {
    load: async (importId) => (await imports.load(importId))?.state,
    change: async (importId, decide) => {
      const changed = await imports.update(importId, (current) => {
        const next = decide(current?.state)
        return next === undefined ? undefined : { state: next, events: [] }
      })
      if (changed === undefined) throw new Error(`nothing was decided on import ${importId}, which does not exist`)
      return changed.state
    },
    ofPlan: async (planId, { limit, after }) => {
      const filter = { 'state.planId': planId, ...(after === undefined ? {} : { _id: { $gt: after } }) }
      return (await imports.find(filter, { limit: limit + 1 })).map(({ state }) => state)
    },
  }
}
