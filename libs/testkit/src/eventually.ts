import { setTimeout as pause } from 'node:timers/promises'

export interface EventuallyOptions {
  /** 15,000 when absent. */
  readonly timeoutMs?: number
  readonly everyMs?: number
}

/** Asks again until `check` no longer throws, and gives its value; after `timeoutMs` rejects with what it threw last. */
export async function eventually<T>(check: () => Promise<T> | T, { timeoutMs = 15_000, everyMs = 25 }: EventuallyOptions = {}): Promise<T> {
  const end = performance.now() + timeoutMs
  for (;;) {
    try {
      return await check()
    } catch (cause) {
      if (performance.now() >= end) throw cause
    }
    await pause(everyMs)
  }
}
