import { describe, expect, it } from 'vitest'
import { code } from '../../tests/support/lines.ts'
import { type DrawnPart, itemSetOf, keyOfSet, partsOf } from './item-set.ts'
import { wholeScope } from './object-scope.ts'

const on = (...codes: readonly string[]): DrawnPart => ({ itemCodes: codes.map(code) })
const within = (tag: string, ...codes: readonly string[]): DrawnPart => ({ ...on(...codes), scope: { ...wholeScope, tags: [tag] } })

describe('what a pool is counted of', () => {
  it('PLN-13 is the items of all parts, those within a scope apart, parts of equal scope together', () => {
    expect(itemSetOf([on('B', 'A'), on('A')])).toEqual({ itemCodes: ['A', 'B'], scoped: [] })
    expect(itemSetOf([within('乙', 'C'), on('A'), within('甲', 'A'), within('乙', 'B', 'C')])).toEqual({
      itemCodes: ['A'],
      scoped: [
        { itemCodes: ['B', 'C'], scope: { ...wholeScope, tags: ['乙'] } },
        { itemCodes: ['A'], scope: { ...wholeScope, tags: ['甲'] } },
      ],
    })
    expect(itemSetOf([])).toEqual({ itemCodes: [], scoped: [] })
  })

  it('PLN-19 leaves a scope without items whole beside items within the same scope', () => {
    const scope = { ...wholeScope, tags: ['甲'] }
    const { scoped } = itemSetOf([within('甲', 'A'), within('甲'), within('甲', 'B')])
    expect(scoped).toHaveLength(2)
    expect(scoped).toEqual(
      expect.arrayContaining([
        { itemCodes: ['A', 'B'], scope },
        { itemCodes: [], scope },
      ]),
    )
  })

  it('PLN-19 PLN-20 is of a line without a draw all objects of its kinds, and of either its industries or its tags', () => {
    const kinds = ['ENTERPRISE']
    const part = (marks: object) => ({ itemCodes: [], scope: { ...wholeScope, kinds, ...marks } })
    expect(partsOf({ kinds, industryPrefixes: [], tags: [] })).toEqual([part({})])
    expect(partsOf({ kinds, industryPrefixes: ['F52'], tags: [] })).toEqual([part({ industryPrefixes: ['F52'] })])
    expect(partsOf({ kinds, industryPrefixes: [], tags: ['甲'] })).toEqual([part({ tags: ['甲'] })])
    expect(partsOf({ kinds, industryPrefixes: ['F52'], tags: ['甲'] })).toEqual([
      part({ industryPrefixes: ['F52'] }),
      part({ tags: ['甲'] }),
    ])
  })

  it('PLN-18 has one key for equal sets in any order, and another for any other', () => {
    const key = (...parts: readonly DrawnPart[]) => keyOfSet(itemSetOf(parts))
    expect(key(on('A'), within('甲', 'C', 'B'), within('乙', 'B'))).toBe(
      key(within('乙', 'B'), within('甲', 'B'), within('甲', 'C'), on('A', 'A')),
    )
    const keys = [key(), key(on('A')), key(within('甲', 'A')), key(within('乙', 'A')), key(on('A'), within('甲', 'A')), key(on('A', 'B'))]
    expect(new Set(keys).size).toBe(keys.length)
  })
})
