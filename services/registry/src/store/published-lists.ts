import { aggregates, type Store } from '@dual-random/mongo'
import type { PublishedLists } from '../app/ports.ts'
import type { PublishedList } from '../domain/published-list/published-list.ts'
import { recordsOver, regionRange, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

export function publishedListStore(store: Store, { toContract, ...settings }: AggregateSettings): PublishedLists {
  const lists = aggregates<PublishedList>(store, {
    ...settings,
    collection: 'published_lists',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.unitId': 1, _id: 1 } }],
  })
  return {
    ...recordsOver(lists, sameShape<PublishedList>(), toContract),
    page: async ({ unitId, regionCode, listId }, { limit, after }) => {
      const filter = {
        ...(unitId === undefined ? { 'state.regionCode': regionRange(regionCode) } : { 'state.unitId': unitId }),
        ...(listId === undefined ? {} : { 'state.listId': listId }),
        ...(after === undefined ? {} : { _id: { $gt: after } }),
      }
      return (await lists.find(filter, { limit })).map(({ state }) => state)
    },
  }
}
