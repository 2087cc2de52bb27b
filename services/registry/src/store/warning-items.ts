import { type AggregateStore, aggregates, type Filter, type Store } from '@dual-random/mongo'
import type { WarningQuery, Warnings } from '../app/warning-ports.ts'
import type { WarningItem } from '../domain/warning-item.ts'
import { recordsOver, regionRange, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

const unsettled = { $in: ['OPEN', 'TASKED'] }

export function warningItems(store: Store, { toContract, ...settings }: AggregateSettings): Warnings {
  const items = aggregates<WarningItem>(store, {
    ...settings,
    collection: 'warning_items',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [
      { fields: { 'state.regionCode': 1, 'state.status': 1, _id: 1 } },
      { fields: { 'state.taskId': 1 } },
      { fields: { 'state.objectId': 1 } },
    ],
  })
  return {
    ...recordsOver(items, sameShape<WarningItem>(), toContract),
    givenTo: async (taskId) =>
      (await items.find({ 'state.taskId': taskId, 'state.status': 'TASKED' }, { limit: 1000 })).map(({ state }) => state),
    ofObject: async (objectId) => (await items.find({ 'state.objectId': objectId }, { limit: 1000 })).map(({ state }) => state),
    page: async (query, { limit, after }) => {
      const filter = { ...filterOf(query), ...(after === undefined ? {} : { _id: { $gt: after } }) }
      return (await items.find(filter, { limit })).map(({ state }) => state)
    },
    riskInformation: async (objectIds, field, since) => {
      const counts = new Map<string, number>()
      const wanted = {
        'state.objectId': { $in: objectIds },
        'state.content.source': 'RISK_INFORMATION',
        'state.content.field': field,
        'state.content.raisedAt': { $gte: since },
        'state.status': { $ne: 'CLOSED' },
      }
      for await (const { state } of items.scan(wanted)) counts.set(state.objectId, (counts.get(state.objectId) ?? 0) + 1)
      return counts
    },
    overview: async (query, today) => overviewOf(items, filterOf(query), today),
  }
}

async function overviewOf(items: AggregateStore<WarningItem>, scope: Filter, today: string) {
  const count = (filter: Filter) => items.count({ ...scope, ...filter })
  const [open, tasked, checked, closed, overdue, withoutDueDate] = await Promise.all([
    count({ 'state.status': 'OPEN' }),
    count({ 'state.status': 'TASKED' }),
    count({ 'state.status': 'CHECKED' }),
    count({ 'state.status': 'CLOSED' }),
    count({ 'state.status': unsettled, 'state.content.dueDate': { $lt: today } }),
    count({ 'state.status': 'OPEN', 'state.content.dueDate': null }),
  ])
  return { open, tasked, checked, closed, overdue, withoutDueDate }
}

const filterOf = ({ regionCode, unitIds, status, source, field, overdueOn }: WarningQuery): Filter => ({
  'state.regionCode': regionRange(regionCode),
  ...(unitIds === undefined ? {} : { 'state.unitId': { $in: unitIds } }),
  ...(source === undefined ? {} : { 'state.content.source': source }),
  ...(field === undefined ? {} : { 'state.content.field': field }),
  ...(overdueOn === undefined ? {} : { 'state.content.dueDate': { $lt: overdueOn } }),
  ...statusFilter(status, overdueOn !== undefined),
})

function statusFilter(status: WarningItem['status'] | undefined, overdue: boolean): Filter {
  if (status !== undefined && overdue) return { $and: [{ 'state.status': status }, { 'state.status': unsettled }] }
  if (status !== undefined) return { 'state.status': status }
  return overdue ? { 'state.status': unsettled } : {}
}
