import { aggregates, type Store } from '@dual-random/mongo'
import type { InspectorPool } from '../app/ports.ts'
import type { Inspector } from '../domain/inspector.ts'
import type { CountedInspector } from '../domain/staff.ts'
import { recordsOver, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

type SlimInspector = Pick<CountedInspector, 'unitId'> & { readonly timeline: readonly Pick<CountedInspector, 'content'>[] }

const countedFields = [
  'state.unitId',
  ...['homeUnitId', 'status', 'entersOn', 'leavesOn', 'qualificationValidFrom', 'qualificationValidTo'].map(
    (name) => `state.timeline.content.${name}`,
  ),
]

export function inspectorPool(store: Store, { toContract, ...settings }: AggregateSettings): InspectorPool {
  const pool = aggregates<Inspector>(store, {
    ...settings,
    collection: 'inspectors',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.unitId': 1 } }, { fields: { 'state.formerUnits.unitId': 1 } }],
  })
  return {
    ...recordsOver(pool, sameShape<Inspector>(), toContract),
    everOfUnits: async function* everOfUnits(unitIds) {
      const filter = { $or: [{ 'state.unitId': { $in: unitIds } }, { 'state.formerUnits.unitId': { $in: unitIds } }] }
      for await (const { state } of pool.scan(filter)) yield state
    },
    ofUnits: async function* ofUnits(unitIds) {
      for await (const { state } of pool.scan({ 'state.unitId': { $in: unitIds } })) yield state
    },
    countable: async function* countable(unitIds) {
      for await (const { unitId, timeline } of pool.scanFields<SlimInspector>({ 'state.unitId': { $in: unitIds } }, countedFields)) {
        const content = timeline.at(-1)?.content
        if (content !== undefined) yield { unitId, content }
      }
    },
    page: async (unitIds, { limit, after }) => {
      const filter = { 'state.unitId': { $in: unitIds }, ...(after === undefined ? {} : { _id: { $gt: after } }) }
      return (await pool.find(filter, { limit })).map(({ state }) => state)
    },
  }
}
