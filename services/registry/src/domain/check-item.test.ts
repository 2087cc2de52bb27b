import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { checkItemProblems } from './check-item.ts'

const item = checkItem('SP-01')

describe('check item', () => {
  it('REG-02 is whole with its four parts', () => {
    expect(checkItemProblems(item)).toEqual([])
  })

  it.each(['legalBasis', 'checkingBody', 'checkContent', 'checkMethod'] as const)('REG-02 is not saved without %s', (part) => {
    expect(checkItemProblems({ ...item, [part]: ' ' })).toEqual([{ code: 'mandatory-part-missing', part }])
  })

  it('REG-03 a key item names a ground, also one of its own words; a general item names none', () => {
    expect(checkItemProblems({ ...item, itemClass: 'KEY' })).toEqual([{ code: 'key-ground-missing' }])
    expect(checkItemProblems({ ...item, itemClass: 'KEY', keyGrounds: ['SAFETY'] })).toEqual([])
    expect(checkItemProblems({ ...item, itemClass: 'KEY', keyGrounds: ['校园周边'] })).toEqual([])
    expect(checkItemProblems({ ...item, keyGrounds: ['SAFETY'] })).toEqual([{ code: 'key-ground-on-general-item' }])
  })

  it('REG-05 a key item has no upper limit of its ratio, a general item may have one', () => {
    const keyItem = { ...item, itemClass: 'KEY', keyGrounds: ['SAFETY'] } as const
    expect(checkItemProblems({ ...keyItem, ratioCap: '50%' })).toEqual([{ code: 'cap-on-key-item' }])
    expect(checkItemProblems(keyItem)).toEqual([])
    expect(checkItemProblems({ ...item, ratioCap: '5%' })).toEqual([])
  })

  it('REG-28 applies to some kind', () => {
    expect(checkItemProblems({ ...item, applicability: { kinds: [], industryPrefixes: [], tags: [] } })).toEqual([
      { code: 'kinds-missing' },
    ])
  })
})
