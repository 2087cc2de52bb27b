import { objectKinds } from '@dual-random/contracts'
import type { ScopedItems as ScopedItemsMessage, DrawScope as ScopeMessage } from '@dual-random/contracts/registry'
import { invalidRequest, violation } from '@dual-random/errors'
import { type RegionCode, regionContains } from '@dual-random/kernel'
import type { DrawScope } from '../domain/draw-scope.ts'
import type { ItemSet } from '../domain/item-set.ts'
import { regionField } from './request-fields.ts'

/** A scope of a region: it may name that region and those below it, and kinds that there are. */
export function scopeField(field: string, { industryPrefixes, regionCodes, kinds, tags }: ScopeMessage, regionCode: RegionCode): DrawScope {
  const regions = regionCodes.map((code, index) => regionField(`${field}/regionCodes/${index}`, code))
  const outside = regions.findIndex((region) => !regionContains(regionCode, region))
  if (outside >= 0) {
    throw invalidRequest([violation(`/${field}/regionCodes/${outside}`, 'scope-outside-region', { regionCode: regions[outside] ?? '' })])
  }
  const known = kinds.map((kind, index) => {
    const name = objectKinds.toName(kind)
    if (name === undefined) {
      const detail = { value: kind, expected: objectKinds.all.join(' ') }
      throw invalidRequest([violation(`/${field}/kinds/${index}`, 'malformed-value', detail)])
    }
    return name
  })
  return {
    industryPrefixes,
    regionCodes: regions,
    ...(known.length === 0 ? {} : { kinds: known }),
    ...(tags.length === 0 ? {} : { tags }),
  }
}

const mostSets = 5000

interface SetMessage {
  readonly itemCodes: readonly string[]
  readonly scoped: readonly ScopedItemsMessage[]
}

/** Sets of items that are looked at in one pass. */
export function itemSetsField(field: string, sets: readonly SetMessage[], regionCode: RegionCode): readonly ItemSet[] {
  if (sets.length > mostSets)
    throw invalidRequest([violation(`/${field}`, 'malformed-value', { value: sets.length, expected: `≤ ${mostSets}` })])
  return sets.map((set, index) => itemSetField(`${field}/${index}`, set, regionCode))
}

export const itemSetField = (field: string, { itemCodes, scoped }: SetMessage, regionCode: RegionCode): ItemSet => ({
  itemCodes,
  scoped: scoped.map(({ itemCodes: codes, scope }, place) => {
    const part = `${field}/scoped/${place}/scope`
    if (scope === undefined) throw invalidRequest([violation(`/${part}`, 'missing-field')])
    return { itemCodes: codes, scope: scopeField(part, scope, regionCode) }
  }),
})
