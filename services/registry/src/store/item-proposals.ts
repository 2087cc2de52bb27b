import type { RegionCode } from '@dual-random/kernel'
import { aggregates, type Store } from '@dual-random/mongo'
import type { ItemProposals, LinkRecords, YearlyChecks } from '../app/ports.ts'
import type { ItemLinks } from '../domain/item-links.ts'
import type { ItemProposal } from '../domain/item-proposal.ts'
import type { YearlyCheck } from '../domain/yearly-check.ts'
import { recordsOver, regionRange, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

/** A list has some hundreds of items, and as many proposals over the years. */
const mostOfList = 10_000

const scopeOf = ({ regionCode, unitId }: { readonly regionCode: RegionCode; readonly unitId: string }) => ({ regionCode, unitId })

export function itemProposalStore(store: Store, { toContract, ...settings }: AggregateSettings): ItemProposals {
  const proposals = aggregates<ItemProposal>(store, {
    ...settings,
    collection: 'item_proposals',
    scopeOf,
    indexes: [
      { fields: { 'state.listId': 1 } },
      { fields: { 'state.unitId': 1, _id: 1 } },
      { fields: { 'state.addresseeUnitId': 1, _id: 1 } },
    ],
  })
  return {
    ...recordsOver(proposals, sameShape<ItemProposal>(), toContract),
    ofList: async (listId) => (await proposals.find({ 'state.listId': listId }, { limit: mostOfList })).map(({ state }) => state),
    page: async ({ regionCode, unitId, department, status, purpose }, { limit, after }) => {
      const seen =
        unitId === undefined
          ? { 'state.regionCode': regionRange(regionCode) }
          : {
              $or: [
                { 'state.unitId': unitId },
                { 'state.addresseeUnitId': unitId },
                ...(department === undefined ? [] : [{ 'state.approvingDepartment': department, 'state.addresseeRegionCode': regionCode }]),
              ],
            }
      const filter = {
        ...seen,
        ...(status === undefined ? {} : { 'state.status': status }),
        ...(purpose === undefined ? {} : { 'state.purpose': purpose }),
        ...(after === undefined ? {} : { _id: { $gt: after } }),
      }
      return (await proposals.find(filter, { limit })).map(({ state }) => state)
    },
  }
}

export function itemLinkStore(store: Store, { toContract, ...settings }: AggregateSettings): LinkRecords {
  const links = aggregates<ItemLinks>(store, {
    ...settings,
    collection: 'item_links',
    scopeOf,
    indexes: [{ fields: { 'state.listId': 1 } }],
  })
  return {
    ...recordsOver(links, sameShape<ItemLinks>(), toContract),
    ofList: async (listId) => (await links.find({ 'state.listId': listId }, { limit: mostOfList })).map(({ state }) => state),
  }
}

export function yearlyCheckStore(store: Store, { toContract, ...settings }: AggregateSettings): YearlyChecks {
  const years = aggregates<YearlyCheck>(store, { ...settings, collection: 'yearly_checks', scopeOf, indexes: [] })
  return recordsOver(years, sameShape<YearlyCheck>(), toContract)
}
