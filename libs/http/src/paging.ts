import * as z from 'zod'

/** `?limit=&after=` of every list; spread into a route's query. `after` is the `next` of the page before. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(500).default(50),
  after: z.string().min(1).max(500).optional(),
} as const

export interface Page<T> {
  readonly items: readonly T[]
  readonly next?: string
}

/** The page of a query that asked for one item more than `limit`: the extra item says that there is a next page. */
export function page<T>(items: readonly T[], limit: number, cursorOf: (item: T) => string): Page<T> {
  const last = items[limit - 1]
  return items.length > limit && last !== undefined ? { items: items.slice(0, limit), next: cursorOf(last) } : { items }
}

/** A page of a list that was read whole, with how many items there are in all. */
export interface CountedPage<T> extends Page<T> {
  readonly total: number
}

/**
 * The page of a list that was read whole, in the order of its keys. `keyOf` is the cursor too, so it tells every two items apart; one that is gone
 * meanwhile is still a place in the order.
 */
export function pageOfWhole<T>(
  items: readonly T[],
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  keyOf: (item: T) => string,
): CountedPage<T> {
  const placed = items.map((item) => ({ item, key: keyOf(item) })).toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  const left = after === undefined ? placed : placed.filter(({ key }) => key > after)
  const { items: shown, next } = page(left, limit, ({ key }) => key)
  return { items: shown.map(({ item }) => item), ...(next === undefined ? {} : { next }), total: items.length }
}

/** Items with keys that tell those of one key apart too, by the order in which they come: a place stays while none before it goes. */
export function numbered<T>(items: readonly T[], keyOf: (item: T) => string): readonly { readonly key: string; readonly item: T }[] {
  const before = new Map<string, number>()
  return items.map((item) => {
    const key = keyOf(item)
    const place = before.get(key) ?? 0
    before.set(key, place + 1)
    return { key: `${key}/${String(place).padStart(5, '0')}`, item }
  })
}

/** The response schema of a page. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().optional() })

/** The response schema of a page that says how many items there are in all. */
export const countedPageOf = <T extends z.ZodType>(item: T) => pageOf(item).extend({ total: z.int() })
