/** Runs `work` over all items, at most `limit` at once; the first failure ends it. Results keep the order of the items. */
export async function inParallel<T, R>(items: readonly T[], limit: number, work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < items.length; index = next++) {
      const item = items[index]
      if (item !== undefined) results[index] = await work(item, index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker))
  return results
}

/** Waits until `check` gives a value; names what was waited for when it does not come. */
export async function until<T>(what: string, check: () => Promise<T | undefined>, timeoutMs = 120_000): Promise<T> {
  const giveUpAt = Date.now() + timeoutMs
  for (let pauseMs = 50; ; pauseMs = Math.min(pauseMs * 1.5, 500)) {
    const value = await check()
    if (value !== undefined) return value
    if (Date.now() > giveUpAt) throw new Error(`等待超时 / timed out waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
}
