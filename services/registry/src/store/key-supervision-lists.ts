import { aggregates, type Store } from '@dual-random/mongo'
import type { KeySupervisionLists } from '../app/key-list-ports.ts'
import type { KeySupervisionList } from '../domain/key-supervision-list.ts'
import { recordsOver, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

/** Provinces have a few each. */
const most = 10_000

export function keySupervisionListStore(store: Store, { toContract, ...settings }: AggregateSettings): KeySupervisionLists {
  const lists = aggregates<KeySupervisionList>(store, {
    ...settings,
    collection: 'key_supervision_lists',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [],
  })
  return {
    ...recordsOver(lists, sameShape<KeySupervisionList>(), toContract),
    all: async () => (await lists.find({}, { limit: most })).map(({ state }) => state),
  }
}
