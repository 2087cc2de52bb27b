import { aggregates, type Store } from '@dual-random/mongo'
import type { TagRules, TagSchemes } from '../app/ports.ts'
import type { TagRule } from '../domain/tag-rule.ts'
import type { TagScheme } from '../domain/tag-scheme.ts'
import { recordsOver, regionRange, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

export function tagSchemeStore(store: Store, { toContract, ...settings }: AggregateSettings): TagSchemes {
  const schemes = aggregates<TagScheme>(store, {
    ...settings,
    collection: 'tag_schemes',
    scopeOf: ({ regionCode, versions }) => ({ regionCode, unitId: versions.at(-1)?.by.unitId ?? '' }),
    indexes: [],
  })
  return recordsOver(schemes, sameShape<TagScheme>(), toContract)
}

const most = 100_000

export function tagRuleStore(store: Store, { toContract, ...settings }: AggregateSettings): TagRules {
  const rules = aggregates<TagRule>(store, {
    ...settings,
    collection: 'tag_rules',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1, _id: 1 } }],
  })
  return {
    ...recordsOver(rules, sameShape<TagRule>(), toContract),
    all: async () => (await rules.find({}, { limit: most })).map(({ state }) => state),
    page: (regionCode, { limit, after }) =>
      rules.find({ 'state.regionCode': regionRange(regionCode), ...(after === undefined ? {} : { _id: { $gt: after } }) }, { limit }),
  }
}
