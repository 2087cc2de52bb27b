import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { countedPageOf, numbered, page, pageOfWhole, pageQuery } from './paging.ts'

const query = z.object(pageQuery)

describe('paging', () => {
  it('says that there is a next page only when an item is left over', () => {
    expect(page(['a', 'b', 'c'], 2, (item) => `after-${item}`)).toEqual({ items: ['a', 'b'], next: 'after-b' })
    expect(page(['a', 'b'], 2, (item) => item)).toEqual({ items: ['a', 'b'] })
    expect(page([], 2, String)).toEqual({ items: [] })
  })

  it('cuts a list that was read whole by its keys, and says how many there are in all', () => {
    const cut = (items: readonly string[], limit: number, after?: string) => pageOfWhole(items, { limit, after }, (item) => item)
    expect(cut(['c', 'a', 'b'], 2)).toEqual({ items: ['a', 'b'], next: 'b', total: 3 })
    expect(cut(['c', 'a', 'b'], 2, 'b')).toEqual({ items: ['c'], total: 3 })
    expect(cut(['c', 'a', 'b'], 3)).toEqual({ items: ['a', 'b', 'c'], total: 3 })
    expect(cut([], 3)).toEqual({ items: [], total: 0 })
    // What the cursor names may be gone since.
    expect(cut(['c', 'a'], 2, 'b')).toEqual({ items: ['c'], total: 2 })
    expect(countedPageOf(z.string()).parse(cut(['a'], 1))).toEqual({ items: ['a'], total: 1 })
  })

  it('tells items of one key apart by their order', () => {
    const keyed = numbered(['a1', 'b1', 'a2'], ([key]) => key ?? '')
    expect(keyed.map(({ key, item }) => `${key} ${item}`)).toEqual(['a/00000 a1', 'b/00000 b1', 'a/00001 a2'])
    expect(pageOfWhole(keyed, { limit: 2 }, ({ key }) => key)).toMatchObject({ items: [{ item: 'a1' }, { item: 'a2' }], next: 'a/00001' })
  })

  it('asks for 50 unless told, for 1 to 500', () => {
    expect(query.parse({})).toEqual({ limit: 50 })
    expect(query.parse({ limit: '500', after: 'x' })).toEqual({ limit: 500, after: 'x' })
    for (const limit of ['0', '501', '1.5', 'all']) expect(query.safeParse({ limit }).success).toBe(false)
  })
})
