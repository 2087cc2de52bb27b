import { setTimeout as delay } from 'node:timers/promises'

/** Asks again every `everyMs` until the answer is not undefined; rejects when the signal is aborted. */
export async function waitUntil<T>(ask: () => Promise<T | undefined>, everyMs: number, signal: AbortSignal): Promise<T> {
  for (;;) {
    signal.throwIfAborted()
    const answer = await ask()
    if (answer !== undefined) return answer
    await delay(everyMs, undefined, { signal })
  }
}
