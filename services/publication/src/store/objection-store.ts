import type { Clock } from '@dual-random/kernel'
import type { OutboxRelay } from '@dual-random/messaging'
import { aggregates, type NewEvent, type Store } from '@dual-random/mongo'
import type { Objections } from '../app/ports.ts'
import type { Objection } from '../domain/objection.ts'
import { scopeFilter } from './scope-filter.ts'

export interface ObjectionStoreOptions {
  readonly relay: OutboxRelay
  readonly clock: Clock
  readonly tell: (objection: Objection) => NewEvent
}

/** Objections in the store, each filing and each decision with its event. */
export function objectionStore(store: Store, { relay, clock, tell }: ObjectionStoreOptions): Objections {
  const objections = aggregates<Objection>(store, {
    collection: 'objections',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { unitId: 1, _id: 1 } }, { fields: { regionCode: 1, _id: 1 } }],
    service: 'publication',
    relay,
    clock,
  })
  const load: Objections['load'] = async (id) => (await objections.load(id))?.state
  return {
    load,
    create: async (objection) => {
      await objections.create(objection.objectionId, objection, [tell(objection)])
      return (await load(objection.objectionId)) ?? objection
    },
    update: async (id, decide) => {
      const saved = await objections.update(id, (current) => {
        const next = decide(current?.state)
        return next === undefined ? undefined : { state: next, events: [tell(next)] }
      })
      return saved?.state
    },
    list: async (scope, decided, { limit, after }) => {
      const found = await objections.find(
        {
          ...scopeFilter(scope),
          ...(decided === undefined ? {} : { 'state.decision': { $exists: decided } }),
          ...(after === undefined ? {} : { _id: { $gt: after } }),
        },
        { limit },
      )
      return found.map(({ state }) => state)
    },
  }
}
