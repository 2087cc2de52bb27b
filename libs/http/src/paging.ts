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

/** The response schema of a page. */
export const pageOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().optional() })
