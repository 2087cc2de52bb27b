import type { RegionCode } from '@dual-random/kernel'
import { type AggregateStore, aggregates, type Store } from '@dual-random/mongo'
import type { CheckItemLists, PolicyBindings, Presets, RoleBindings, Units } from '../app/ports.ts'
import type { CheckItemList } from '../domain/check-item-list.ts'
import type { BindingRecord, PresetRecord } from '../domain/policy-record.ts'
import type { SubjectBindings } from '../domain/role-binding.ts'
import type { Unit } from '../domain/unit.ts'
import { recordsOver, regionRange, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

/** Presets belong to no region; events need one, and this is the country's. */
const wholeCountry = '100000' as RegionCode
const nobody = 'registry'
const most = 100_000

const states = async <S>(store: AggregateStore<S>, filter: Readonly<Record<string, unknown>> = {}): Promise<readonly S[]> =>
  (await store.find(filter, { limit: most })).map(({ state }) => state)

export function unitStore(store: Store, { toContract, ...settings }: AggregateSettings): Units {
  const units = aggregates<Unit>(store, {
    ...settings,
    collection: 'units',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1 } }],
  })
  return {
    ...recordsOver(units, sameShape<Unit>(), toContract),
    inRegion: (regionCode) => states(units, { 'state.regionCode': regionRange(regionCode) }),
    all: () => states(units),
  }
}

export function checkItemListStore(store: Store, { toContract, ...settings }: AggregateSettings): CheckItemLists {
  const lists = aggregates<CheckItemList>(store, {
    ...settings,
    collection: 'check_item_lists',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [],
  })
  return { ...recordsOver(lists, sameShape<CheckItemList>(), toContract), all: () => states(lists) }
}

export function presetStore(store: Store, { toContract, ...settings }: AggregateSettings): Presets {
  const presets = aggregates<PresetRecord>(store, {
    ...settings,
    collection: 'policy_presets',
    scopeOf: () => ({ regionCode: wholeCountry, unitId: nobody }),
    indexes: [],
  })
  return { ...recordsOver(presets, sameShape<PresetRecord>(), toContract), all: () => states(presets) }
}

export function policyBindingStore(store: Store, { toContract, ...settings }: AggregateSettings): PolicyBindings {
  const bindings = aggregates<BindingRecord>(store, {
    ...settings,
    collection: 'policy_bindings',
    scopeOf: ({ regionCode }) => ({ regionCode, unitId: nobody }),
    indexes: [],
  })
  return { ...recordsOver(bindings, sameShape<BindingRecord>(), toContract), all: () => states(bindings) }
}

export function roleBindingStore(store: Store, { toContract, ...settings }: AggregateSettings): RoleBindings {
  const bindings = aggregates<SubjectBindings>(store, {
    ...settings,
    collection: 'role_bindings',
    scopeOf: () => ({ regionCode: wholeCountry, unitId: nobody }),
    indexes: [],
  })
  return recordsOver(bindings, sameShape<SubjectBindings>(), toContract)
}
