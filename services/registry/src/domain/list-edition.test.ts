import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import { checkEdition } from './list-edition.ts'

const editions = [
  { planType: 'INTERNAL', list: '内部清单（第一版）', entries: 77 },
  { planType: 'JOINT', list: '联查清单（第四版）', entries: 89, counts: 'SUPERVISION_MATTERS' },
] as const

/** Synthetic items: only their number matters. */
const internal = (count: number) => Array.from({ length: count }, (_, at) => checkItem(`N${at}`, { synthetic: true }))
const joint = (matters: number) =>
  Array.from({ length: matters * 2 }, (_, at) =>
    checkItem(`J${at}`, { listType: 'JOINT', supervisionMatter: `综合监管事项${at % matters}` }),
  )

const held = (items: Parameters<typeof checkEdition>[0], title: string) => {
  const checked = checkEdition(items, title, editions)
  return checked.ok ? 'ok' : checked.error
}

describe('an edition of a list', () => {
  it('REG-16 yields exactly the items that policy expects of it', () => {
    expect(held(internal(77), '内部清单（第一版）')).toBe('ok')
    expect(held(internal(76), '内部清单（第一版）')).toEqual({ code: 'edition-count-differs', expected: 77, found: 76 })
    expect(held(internal(78), '内部清单（第一版）')).toEqual({ code: 'edition-count-differs', expected: 77, found: 78 })
  })

  it('REG-16 counts classes of integrated supervision matters, not the items in them', () => {
    expect(held(joint(89), '联查清单（第四版）')).toBe('ok')
    expect(held(joint(88), '联查清单（第四版）')).toEqual({ code: 'edition-count-differs', expected: 89, found: 88 })
    expect(held([checkItem('J', { listType: 'JOINT' })], '联查清单（第四版）')).toEqual({ code: 'edition-matter-missing', itemCode: 'J' })
  })

  it('REG-16 refuses an edition nobody knows and items of the other type', () => {
    expect(held(internal(77), '内部清单（第二版）')).toEqual({ code: 'edition-unknown', edition: '内部清单（第二版）' })
    expect(held(internal(77), '联查清单（第四版）')).toEqual({ code: 'edition-list-type', itemCode: 'N0', listType: 'JOINT' })
  })
})
