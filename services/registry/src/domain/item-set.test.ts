import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { appliedItems, canonicalSet, codesOf, type ItemSet } from './item-set.ts'

const scope = { industryPrefixes: ['H62', 'H61'], regionCodes: [] }
const set: ItemSet = { itemCodes: ['B', 'A', 'B'], scoped: [{ itemCodes: ['C', 'A'], scope }] }

describe('a set of items', () => {
  it('PLN-13 has the items of all its parts, each within the scope of its part', () => {
    const items = new Map(['A', 'B'].map((code) => [code, checkItem(code, {})]))
    expect(codesOf(set)).toEqual(['B', 'A', 'B', 'C', 'A'])
    expect(appliedItems(set, items).map(({ code, scope: within }) => [code, within])).toEqual([
      ['B', undefined],
      ['A', undefined],
      ['B', undefined],
      ['A', scope],
    ])
  })

  it('CRD-21 is one set whatever its order, and without scopes what it was before there were any', () => {
    expect(canonicalSet({ itemCodes: ['B', 'A', 'B'], scoped: [] })).toEqual({ itemCodes: ['A', 'B'] })
    const turned: ItemSet = {
      itemCodes: ['A', 'B'],
      scoped: [{ itemCodes: ['A', 'C', 'A'], scope: { industryPrefixes: ['H61', 'H62'], regionCodes: [], kinds: [], tags: [] } }],
    }
    expect(canonicalSet(turned)).toEqual(canonicalSet(set))
    expect(canonicalSet({ ...turned, scoped: [...turned.scoped, ...set.scoped] })).toEqual(canonicalSet(set))
    expect(canonicalSet({ ...set, scoped: [{ itemCodes: ['C', 'A'], scope: { ...scope, tags: ['冷链'] } }] })).not.toEqual(
      canonicalSet(set),
    )
  })

  it('PLN-19 is of a scope without items all that the scope takes in and is active, read by the narrower of its marks', () => {
    const alone = (members: Partial<typeof scope & { kinds: readonly ['PRODUCT']; tags: readonly string[] }>) =>
      appliedItems({ itemCodes: [], scoped: [{ itemCodes: [], scope: { industryPrefixes: [], regionCodes: [], ...members } }] }, new Map())
    expect(alone({ kinds: ['PRODUCT'], tags: ['冷链'] })).toEqual([
      {
        applicability: { kinds: ['PRODUCT'], industryPrefixes: [], tags: ['冷链'] },
        specialities: [],
        scope: { industryPrefixes: [], regionCodes: [], kinds: ['PRODUCT'], tags: ['冷链'] },
        onlyActive: true,
      },
    ])
    expect(alone({ industryPrefixes: ['H62'], tags: ['冷链'] })[0]?.applicability).toMatchObject({ industryPrefixes: ['H62'], tags: [] })
    expect(alone({})[0]?.applicability.kinds).toHaveLength(6)
  })
})
