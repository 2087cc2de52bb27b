import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { page, pageQuery } from './paging.ts'

const query = z.object(pageQuery)

describe('paging', () => {
  it('says that there is a next page only when an item is left over', () => {
    expect(page(['a', 'b', 'c'], 2, (item) => `after-${item}`)).toEqual({ items: ['a', 'b'], next: 'after-b' })
    expect(page(['a', 'b'], 2, (item) => item)).toEqual({ items: ['a', 'b'] })
    expect(page([], 2, String)).toEqual({ items: [] })
  })

  it('asks for 50 unless told, for 1 to 500', () => {
    expect(query.parse({})).toEqual({ limit: 50 })
    expect(query.parse({ limit: '500', after: 'x' })).toEqual({ limit: 500, after: 'x' })
    for (const limit of ['0', '501', '1.5', 'all']) expect(query.safeParse({ limit }).success).toBe(false)
  })
})
