/** Calls `work` `count` times at an even rate, without waiting for one before the next; resolves when all have. */
export async function atRate(count: number, perSecond: number, work: (index: number) => Promise<void>): Promise<void> {
  const startedAt = performance.now()
  const running: Promise<void>[] = []
  for (let index = 0; index < count; index++) {
    const aheadMs = startedAt + (1000 * index) / perSecond - performance.now()
    if (aheadMs > 1) await new Promise((resolve) => setTimeout(resolve, aheadMs))
    running.push(work(index))
  }
  await Promise.all(running)
}
