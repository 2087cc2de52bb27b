import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { item } from '../../tests/support/lines.ts'
import { narrowingScope, type ObjectScope, scopesMeet, takesIn, wholeScope } from './object-scope.ts'

const scope = (members: Partial<ObjectScope>): ObjectScope => ({ ...wholeScope, ...members })
const regions = (...codes: readonly string[]) => scope({ regionCodes: codes as readonly RegionCode[] })
const applies = (kinds: readonly string[], industryPrefixes: readonly string[] = [], tags: readonly string[] = []) =>
  item('G1', { applicability: { kinds, industryPrefixes, tags } })

describe('the scope of a line', () => {
  it('PLN-13 narrows nothing while all its lists are empty, and is one whatever their order', () => {
    expect(narrowingScope(wholeScope)).toBeUndefined()
    expect(narrowingScope(scope({ kinds: ['PRODUCT', 'ENTERPRISE', 'PRODUCT'], tags: ['乙', '甲'] }))).toEqual(
      narrowingScope(scope({ kinds: ['ENTERPRISE', 'PRODUCT'], tags: ['甲', '乙', '甲'] })),
    )
    for (const each of [scope({ kinds: ['PRODUCT'] }), scope({ industryPrefixes: ['H'] }), scope({ tags: ['甲'] }), regions('230302')])
      expect(narrowingScope(each)).toEqual(each)
  })

  it('PLN-18 shares no object with another where a list of both has nothing in common; tags exclude nothing', () => {
    const pairs: readonly (readonly [ObjectScope, ObjectScope, boolean])[] = [
      [scope({ kinds: ['PRODUCT'] }), scope({ kinds: ['ENTERPRISE'] }), false],
      [scope({ kinds: ['PRODUCT'] }), scope({ kinds: ['ENTERPRISE', 'PRODUCT'] }), true],
      [scope({ kinds: ['PRODUCT'] }), scope({ tags: ['甲'] }), true],
      [scope({ tags: ['乙'] }), scope({ tags: ['甲'] }), true],
      [scope({ industryPrefixes: ['H62'] }), scope({ industryPrefixes: ['H61', 'C'] }), false],
      [scope({ industryPrefixes: ['H62'] }), scope({ industryPrefixes: ['H6210'] }), true],
      [regions('230302'), regions('230303', '230304'), false],
      [regions('230302'), regions('230300'), true],
      [regions('230300'), regions('230302'), true],
    ]
    for (const [a, b, expected] of pairs) expect([scopesMeet(a, b), scopesMeet(b, a)]).toEqual([expected, expected])
    expect([scopesMeet(undefined, regions('230302')), scopesMeet(regions('230302'), undefined)]).toEqual([true, true])
  })

  it('PLN-13 takes in something of an item unless kinds, or industries alone, exclude each other', () => {
    const food = scope({ kinds: ['ENTERPRISE'], industryPrefixes: ['H62'] })
    expect(takesIn(food, applies(['ENTERPRISE', 'PRODUCT']))).toBe(true)
    expect(takesIn(food, applies(['PRODUCT']))).toBe(false)
    expect(takesIn(food, applies(['ENTERPRISE'], ['H6210']))).toBe(true)
    expect(takesIn(food, applies(['ENTERPRISE'], ['C']))).toBe(false)
    // What fits by a tag may be of any industry.
    expect(takesIn(food, applies(['ENTERPRISE'], ['C'], ['冷链']))).toBe(true)
    expect([takesIn(undefined, applies(['PRODUCT'])), takesIn(food, undefined)]).toEqual([true, true])
  })
})
