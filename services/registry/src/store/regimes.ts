import { aggregates, type Filter, type Store } from '@dual-random/mongo'
import type { RegimeQuery, Regimes } from '../app/regime-ports.ts'
import { lastDayOf, type RegimeRecord } from '../domain/regime.ts'
import { recordsOver, regionRange, type Shape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

/** The periods stand beside the memberships, so that a day finds who is in. */
interface RegimeDocument extends RegimeRecord {
  readonly periods: readonly { readonly kind: string; readonly from: string; readonly to: string }[]
}

const shape: Shape<RegimeRecord, RegimeDocument> = {
  toDocument: (record) => ({
    ...record,
    periods: record.memberships.map((membership) => ({ kind: membership.kind, from: membership.entry.on, to: lastDayOf(membership) })),
  }),
  fromDocument: ({ periods: _derived, ...record }) => record,
}

export function regimeStore(store: Store, { toContract, ...settings }: AggregateSettings): Regimes {
  const regimes = aggregates<RegimeDocument>(store, {
    ...settings,
    collection: 'regimes',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1, _id: 1 } }],
  })
  return {
    ...recordsOver(regimes, shape, toContract),
    isEmpty: async () => (await regimes.find({}, { limit: 1 })).length === 0,
    ofObjects: async (objectIds) => {
      const found = await regimes.loadMany([...objectIds])
      return new Map([...found].map(([id, { state }]) => [id, shape.fromDocument(state)]))
    },
    page: async (query, { limit, after }) => {
      const filter = { ...filterOf(query), ...(after === undefined ? {} : { _id: { $gt: after } }) }
      return (await regimes.find(filter, { limit })).map(({ state }) => shape.fromDocument(state))
    },
  }
}

function filterOf({ regionCode, unitIds, kind, inForceOn }: RegimeQuery): Filter {
  const period = {
    ...(kind === undefined ? {} : { kind }),
    ...(inForceOn === undefined ? {} : { from: { $lte: inForceOn }, to: { $gte: inForceOn } }),
  }
  return {
    'state.regionCode': regionRange(regionCode),
    ...(unitIds === undefined ? {} : { 'state.unitId': { $in: unitIds } }),
    ...(Object.keys(period).length === 0 ? {} : { 'state.periods': { $elemMatch: period } }),
  }
}
