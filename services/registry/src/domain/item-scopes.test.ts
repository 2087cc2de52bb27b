import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { Applicability } from './applicability.ts'
import { itemScopes, placesWithin } from './item-scopes.ts'

const item = (code: string, scope: Partial<Applicability>) =>
  checkItem(code, { applicability: { kinds: ['ENTERPRISE', 'PRODUCT'], industryPrefixes: [], tags: [], ...scope } })

const food = item('A', { industryPrefixes: ['F52', 'H62'] })
const foodAgain = item('B', { kinds: ['PRODUCT', 'ENTERPRISE'], industryPrefixes: ['H62', 'F52'] })
const tagged = item('C', { tags: ['冷链'] })

describe('the scopes of items', () => {
  it('CRD-18 are shared by items of equal scope, whatever order it is written in', () => {
    const { applicabilities, bitsOf } = itemScopes([food, tagged, foodAgain])
    expect(applicabilities).toEqual([food.applicability, tagged.applicability])
    expect([bitsOf([food]), bitsOf([foodAgain]), bitsOf([tagged]), bitsOf([tagged, foodAgain]), bitsOf([])]).toEqual([1n, 1n, 2n, 3n, 0n])
  })

  it('PLN-13 are others within another scope, and one within the same scope in another order', () => {
    const scope = { industryPrefixes: ['H62', 'F52'], regionCodes: [], tags: ['星级饭店'] }
    const narrowed = { ...food, scope }
    const { applicabilities, bitsOf } = itemScopes([food, narrowed, { ...food, scope: { ...scope, industryPrefixes: ['F52', 'H62'] } }])
    expect(applicabilities).toEqual([food.applicability, { ...food.applicability, scope }])
    expect([bitsOf([food]), bitsOf([narrowed]), bitsOf([food, narrowed])]).toEqual([1n, 2n, 3n])
  })

  it('CRD-21 tell in which sets an object is: those that have any of the scopes that fit it', () => {
    const sets = [0b001n, 0b011n, 0b110n, 0n, 1n << 70n]
    const within = placesWithin(sets)
    for (const fits of [0b001n, 0b010n, 0b100n, 0b101n, 0b1000n, (1n << 70n) | 0b100n, 0b001n])
      expect(within(fits)).toEqual(sets.flatMap((set, place) => ((set & fits) === 0n ? [] : [place])))
    expect(within((1n << 70n) | 0b100n)).toEqual([2, 4])
    expect(within(0b1000n)).toEqual([])
  })
})
