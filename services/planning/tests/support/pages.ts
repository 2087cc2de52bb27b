import type { Api } from '@dual-random/testkit'
import { expect } from 'vitest'

interface CountedPage {
  readonly next?: string
  /** Some lists tell it on the first page alone. */
  readonly total?: number
}

/** Pages of so many items, one after the other until there is none; `member` is where a list keeps its items. */
export async function pagesOf<T>(asking: Api, path: string, limit: number, member = 'items'): Promise<readonly (readonly T[])[]> {
  const pages: (readonly T[])[] = []
  let after: string | undefined
  let total: number | undefined
  do {
    const cursor = after === undefined ? '' : `&after=${encodeURIComponent(after)}`
    const { status, body } = await asking.get<CountedPage>(`${path}${path.includes('?') ? '&' : '?'}limit=${limit}${cursor}`)
    expect(status, JSON.stringify(body)).toBe(200)
    pages.push((body as unknown as Readonly<Record<string, readonly T[]>>)[member] ?? [])
    after = body.next
    total = body.total ?? total
    if (after === undefined) expect(pages.flat()).toHaveLength(total ?? Number.NaN)
  } while (after !== undefined)
  return pages
}

/** Greater than any key. */
const behindAll = encodeURIComponent('\uffff')

/**
 * Expects a list of several items in pages of one to be the same list, a page of just as many as there are to be the last, and the one behind
 * it empty; no limit beyond the highest, and no cursor that none is.
 */
export async function expectPaged(
  asking: Api,
  path: string,
  { member = 'items', most = 500, behind: cursor = behindAll } = {},
): Promise<void> {
  const [whole] = await pagesOf(asking, path, most, member)
  expect(whole?.length).toBeGreaterThan(1)
  expect(await pagesOf(asking, path, 1, member)).toEqual(whole?.map((each) => [each]))
  const separator = path.includes('?') ? '&' : '?'
  const items = whole?.length ?? 0
  expect(await pagesOf(asking, path, items, member)).toEqual([whole])
  expect(await pagesOf(asking, path, items - 1, member)).toEqual([whole?.slice(0, -1), whole?.slice(-1)])
  const behind = (await asking.get<Readonly<Record<string, unknown>>>(`${path}${separator}after=${cursor}`)).body
  expect([behind[member], behind['next'], behind['total'] ?? items]).toEqual([[], undefined, items])
  for (const wrong of ['', 'x'.repeat(501)]) expect((await asking.get(`${path}${separator}after=${wrong}`)).status, wrong).toBe(400)
  for (const limit of ['0', String(most + 1)]) expect((await asking.get(`${path}${separator}limit=${limit}`)).status, limit).toBe(400)
}
